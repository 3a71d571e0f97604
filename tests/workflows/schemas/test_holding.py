"""Whether a value fits one part of a schema."""

from __future__ import annotations

from typing import Any

from workflows.schemas import document, holds


def fits(part: Any, value: Any, **definitions: Any) -> bool:
    usable = document({"properties": {"a": part}, "$defs": definitions})
    place = usable.root.inside(usable.root.keywords["properties"]["a"])
    return holds(usable, place, value)


def test_a_part_is_asked_by_itself() -> None:
    assert fits({"const": 1}, 1)
    assert not fits({"const": 1}, 2)


def test_references_of_a_part_lead_into_its_document() -> None:
    assert fits({"$ref": "#/$defs/one"}, 1, one={"const": 1})
    assert not fits({"$ref": "#/$defs/one"}, 2, one={"const": 1})


def test_numbers_are_divided_exactly() -> None:
    assert fits({"multipleOf": 0.01}, 0.07)


def test_what_is_no_json_and_what_never_ends_does_not_fit() -> None:
    tree = {"anyOf": [{"items": {"$ref": "#/$defs/tree"}}] * 9}
    data: list[Any] = []
    for _ in range(12):
        data = [data]

    assert not fits({"type": "string"}, "a\x00b")
    assert not fits({"not": {"$ref": "#/$defs/tree"}}, data, tree=tree)

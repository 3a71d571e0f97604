"""Stored data are shown by the alternative that they are of, and come back as they were."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.display.values import facts
from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import chosen, untouched
from workflows.schemas import validate

TEXT = {"type": "string"}


def of(title: str = "", /, **properties: Any) -> dict[str, Any]:
    named = {"title": title} if title else {}
    return {"type": "object", "properties": properties, **named}


def either(*parts: Any) -> dict[str, Any]:
    return {"anyOf": list(parts)}


BASE = of(name=TEXT)
KINDS = {
    name: {"type": "object", "properties": {"kind": TEXT, "name": TEXT}, "required": ["kind"]}
    for name in ("cat", "dog")
}
PETS: dict[str, Any] = {
    "anyOf": [{"$ref": "#/$defs/cat"}, {"$ref": "#/$defs/dog"}],
    "discriminator": {"propertyName": "kind"},
}
MAPPED = {
    **PETS,
    "discriminator": {
        "propertyName": "kind",
        "mapping": {"c": "#/$defs/cat", "d": "#/$defs/dog"},
    },
}
PAID = {
    **of("Paid", k=TEXT),
    "if": {"properties": {"k": {"const": "1"}}, "required": ["k"]},
    "then": {"properties": {"t": TEXT}},
}


def extended(kind: str) -> dict[str, Any]:
    return {
        "title": kind.upper(),
        "allOf": [{"$ref": "#/$defs/base"}, of(kind={"const": kind}, x=TEXT)],
        "required": ["kind"],
    }


@pytest.mark.parametrize(
    ("schema", "value", "shown"),
    [
        (either(of("A", a=TEXT), of("B", b=TEXT)), {"b": "x"}, "B"),
        (either(of("A", s=of(a=TEXT)), of("B", s=of(b=TEXT))), {"s": {"b": "x"}}, "B"),
        (
            either(
                {"title": "A", "type": "array", "items": of(a=TEXT)},
                {"title": "B", "type": "array", "items": of(b=TEXT)},
            ),
            [{"b": "x"}],
            "B",
        ),
        (either(of("A", z=TEXT), {**of("B"), **either(of(x=TEXT), of(y=TEXT))}), {"y": "1"}, "B"),
        (either(extended("a"), extended("b")), {"kind": "b", "x": "1", "name": "n"}, "B"),
        (PETS, {"kind": "dog", "name": "Rex"}, "dog"),
        (MAPPED, {"kind": "d", "name": "Rex"}, "dog"),
        (either(PAID, of("Free", k=TEXT, u=TEXT)), {"k": "1", "u": "x"}, "Free"),
        (either(of("A", fee={"const": 5}), of("B", b=TEXT)), {}, "B"),
        (either(PAID, of("Free", k=TEXT, u=TEXT)), {"k": "1", "t": "x"}, "Paid"),
        ({"type": ["string", "null", "object"], "properties": {"a": TEXT}}, None, "Nothing"),
        ({"type": ["string", "null", "object"], "properties": {"a": TEXT}}, {}, "Option 3"),
        (either(of("A", a=TEXT), {"type": "string"}, {"type": "null"}), None, "Nothing"),
        (either({"type": "object"}, {"const": {"k": 1}, "title": "One"}), {"k": 1}, "One"),
        (either(of("A", b=TEXT), {**of("B"), "additionalProperties": TEXT}), {"x": "1"}, "B"),
    ],
)
@pytest.mark.parametrize("required", [True, False])
def test_what_fits_the_second_is_shown_as_the_second(
    schema: dict[str, Any], value: Any, shown: str, required: bool
) -> None:
    types = {"$defs": {**KINDS, "base": BASE}}
    alone = {**types, **of(p=schema), "required": ["p"] if required else []}
    rows = {**types, **of(rows={"type": "array", "items": schema})}
    data, several = {"p": value}, {"rows": [value, value]}
    assert validate(alone, data) == {}

    form = SchemaForm(alone, stored=data)
    assert chosen(form)["v/p"] == shown
    for whole, stored in ((alone, data), (rows, several)):
        again = SchemaForm(whole, stored=stored, post=untouched(SchemaForm(whole, stored=stored)))
        assert (again.errors, again.data, again.is_valid()) == ({}, stored, True)


@pytest.mark.parametrize("part", [of(a=TEXT), {"type": "array", "items": TEXT}])
@pytest.mark.parametrize("required", [["p"], []])
def test_null_stays_null_while_nothing_is_put_in_its_place(
    part: dict[str, Any], required: list[str]
) -> None:
    schema = {**of(p=either(part, {"type": "null"})), "required": required}
    form = SchemaForm(schema, stored={"p": None})

    assert SchemaForm(schema, stored={"p": None}, post=untouched(form)).data == {"p": None}


def test_of_types_null_is_one_and_an_empty_text_is_no_null() -> None:
    schema = {**of(p={"type": ["string", "integer", "null"]}), "required": ["p"]}
    post = untouched(SchemaForm(schema, stored={"p": "x"}))

    form = SchemaForm(schema, post={**post, "d/p": ""})

    assert form.errors == {"/p": ["This field is required."]}


def test_a_list_of_values_to_choose_from_is_no_constant() -> None:
    small = {"properties": {"size": {"enum": ["S", "M"]}}, "required": ["size"]}
    large = {"properties": {"size": {"enum": ["L", "XL"]}, "why": TEXT}, "required": ["size"]}
    schema = of(p={"oneOf": [small, large]})
    data = {"p": {"size": "XL", "why": "tall"}}
    form = SchemaForm(schema, stored=data)

    assert chosen(form)["v/p"] == "Option 2"
    assert SchemaForm(schema, stored=data, post=untouched(form)).data == data


def test_data_that_are_only_shown_are_of_the_same_alternative() -> None:
    first, second = of("A", s=of(a={**TEXT, "title": "Un"})), of("B", s=of(b={"title": "Deux"}))
    [group] = facts({"p": {"s": {"b": "x"}}}, of(p=either(first, second)))

    assert [inner.label for part in group.items for inner in part.items] == ["Deux"]


def test_a_new_form_begins_with_the_first_or_with_the_one_of_its_default() -> None:
    parts = either(of("A", fee={"const": 5}, a=TEXT), of("B", b=TEXT))
    schema = {**of(p=parts), "required": ["p"]}
    default = {"b": "as ever"}

    assert chosen(SchemaForm(schema)) == {"v/p": "A"}
    for given in (
        {**of(p={**parts, "default": default})},
        {**of(p=parts), "default": {"p": default}},
    ):
        form = SchemaForm(given)
        assert chosen(form) == {"v/p": "B"}
        assert SchemaForm(given, post=untouched(form)).data == {"p": default}

"""Constants: set and unset by a box where they may be missing, and shown where they may not."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, alternatives, untouched
from tests.tasks_ui.schema_form.elements import Page

MODE: dict[str, Any] = {"type": "object", "properties": {"mode": {"const": "M"}}}
ON = {"d/mode": ["false", "true"]}


def test_an_optional_constant_is_a_box_that_sets_and_unsets_it() -> None:
    assert untouched(SchemaForm(MODE)) == {"d/mode": ["false"]}
    [label] = Page(SchemaForm(MODE).render()).root.find("label")
    assert label.text == "Mode: M"

    assert SchemaForm(MODE, post={"d/mode": "false"}).data == {}
    assert SchemaForm(MODE, post=ON).data == {"mode": "M"}
    stored = {"mode": "M"}
    assert untouched(SchemaForm(MODE, stored=stored)) == ON
    assert SchemaForm(MODE, stored=stored, post=ON).data == stored
    assert SchemaForm(MODE, stored=stored, post={"d/mode": "false"}).data == {}


def test_a_required_constant_is_shown_and_set() -> None:
    schema = {**MODE, "required": ["mode"]}

    assert untouched(SchemaForm(schema)) == {}
    assert SchemaForm(schema, post={}).data == {"mode": "M"}


def test_a_default_is_ticked_at_first_and_can_be_unticked() -> None:
    schema = {"properties": {"mode": {"const": "M", "default": "M"}}}

    assert untouched(SchemaForm(schema)) == ON
    assert SchemaForm(schema, post={"d/mode": "false"}).data == {}


@pytest.mark.parametrize("value", ["", 0, 1.5, False, None, {"a": 1}, ["x"], True])
def test_a_constant_may_be_of_any_kind(value: Any) -> None:
    schema = {"properties": {"a": {"const": value}}}
    for data in ({}, {"a": value}):
        post = untouched(SchemaForm(schema, stored=data))
        form = SchemaForm(schema, stored=data, post=post)
        assert (form.errors, form.data) == ({}, data)
    form = SchemaForm(schema, post={"d/a": ["false", "true"]})
    assert form.data == {"a": value}
    assert type(form.data["a"]) is type(value)


def test_what_is_stored_and_no_constant_is_seen_and_can_be_mended() -> None:
    stored = {"mode": "Z"}
    form = SchemaForm(MODE, stored=stored, post=untouched(SchemaForm(MODE, stored=stored)))

    assert form.data == stored
    assert form.errors == {"/mode": ["The only value allowed here is M."]}
    assert "Z (no longer offered)" in form.render()
    assert SchemaForm(MODE, stored=stored, post=ON).data == {"mode": "M"}
    assert SchemaForm(MODE, stored=stored, post={"d/mode": "false"}).data == {}


def part(name: str, **more: Any) -> dict[str, Any]:
    return {"title": name.upper(), "properties": {name: {"type": "string"}, **more}}


def test_a_constant_beside_alternatives_is_written_by_none_of_them() -> None:
    for keyword in ("anyOf", "oneOf"):
        schema = {**MODE, keyword: [part("a"), part("b")]}
        for data in ({"b": "x"}, {"mode": "M", "b": "x"}):
            post = untouched(SchemaForm(schema, stored=data))
            assert SchemaForm(schema, stored=data, post=post).data == data


def test_a_constant_of_an_alternative_is_written_when_that_is_chosen() -> None:
    schema = {"type": "object", "anyOf": [part("a", fee={"const": 5}), part("b")]}
    signs = alternatives(SchemaForm(schema), "v")
    first = SchemaForm(schema, post={"v": signs["A"], "d/a": "x"})

    assert first.data == {"a": "x", "fee": 5}
    # It tells nothing apart, and so it is shown.
    assert "Fee" in first.render()
    assert SchemaForm(schema, post={"v": signs["B"], "d/b": "x"}).data == {"b": "x"}
    assert SchemaForm(schema, stored=first.data, post={"v": signs["B"], "d/b": "x"}).data == {
        "b": "x"
    }


def test_true_tells_alternatives_apart_where_each_says_one_or_the_other() -> None:
    has = {"properties": {"has": {"const": True}, "what": {"type": "string"}}, "required": ["has"]}
    schema = {"oneOf": [{"properties": {"has": {"const": False}}, "required": ["has"]}, has]}
    signs = alternatives(SchemaForm(schema), "v")

    assert list(signs) == ["Has: No", "Has: Yes"]
    assert SchemaForm(schema, post={"v": signs["Has: Yes"], "d/what": "x"}).data == {
        "has": True,
        "what": "x",
    }


def test_what_somebody_has_to_agree_to_is_no_mark_of_an_alternative() -> None:
    schema = {"oneOf": [part("a", agreed={"const": True}), part("b")]}
    form = SchemaForm(schema)

    assert "d/agreed" in untouched(form)
    assert SchemaForm(schema, post=untouched(form)).data == {}
    assert Browser(form.render()).problems == []

"""Choosing several of the values that a field offers."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched

CHOICE = "Select a valid choice. That choice is not one of the available choices."


def one(part: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {"x": part}}


SEVERAL = one({"type": "array", "items": {"enum": ["a", "b", "c"]}, "uniqueItems": True})


def test_several_are_chosen_in_the_order_of_the_options() -> None:
    assert SchemaForm(SEVERAL, post={"d/x": ["", "c", "a", "c"]}).data == {"x": ["a", "c"]}
    assert SchemaForm(SEVERAL, post={"d/x": ["", "z"]}).errors == {"/x": [CHOICE]}


def test_the_order_stays_when_the_same_are_chosen() -> None:
    stored = {"x": ["c", "a"]}

    assert SchemaForm(SEVERAL, stored=stored, post={"d/x": ["", "a", "c"]}).data == stored


def test_what_is_chosen_and_not_offered_any_more_stays_in_sight() -> None:
    for stored in (["a", "old"], ["old"]):
        form = SchemaForm(SEVERAL, stored={"x": stored})
        assert "old (no longer offered)" in form.render()
        assert untouched(form) == {"d/x": ["", *stored]}
        again = SchemaForm(SEVERAL, stored={"x": stored}, post=untouched(form))
        assert again.errors == {"/x": [CHOICE]}


def test_none_chosen_is_nothing_or_an_empty_list() -> None:
    required = {**SEVERAL, "required": ["x"]}

    assert SchemaForm(SEVERAL, post={"d/x": ""}).data == {}
    assert SchemaForm(required, post={"d/x": ""}).data == {"x": []}
    assert SchemaForm(SEVERAL, stored={"x": ["a"]}, post={"d/x": ""}).data == {"x": []}
    assert SchemaForm(SEVERAL, stored={"x": ["a"]}, post={}).data == {"x": ["a"]}


def test_several_titled_constants_are_boxes_too() -> None:
    schema = one(
        {"type": "array", "items": {"anyOf": [{"const": 1, "title": "One"}, {"const": 2}]}}
    )

    assert untouched(SchemaForm(schema, stored={"x": [2]})) == {"d/x": ["", "2"]}
    assert SchemaForm(schema, post={"d/x": ["", "1", "2"]}).data == {"x": [1, 2]}
    assert Browser(SchemaForm(schema).render()).problems == []


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"minItems": 1}, "Choose at least 1."),
        ({"maxItems": 2}, "Choose at most 2."),
        ({"minItems": 1, "maxItems": 2}, "Choose 1 to 2."),
        ({"minItems": 2, "maxItems": 2}, "Choose 2."),
    ],
)
def test_how_many_to_choose_is_told(limits: dict[str, int], words: str) -> None:
    html = SchemaForm(one({"type": "array", "items": {"enum": list("abc")}, **limits})).render()

    assert f"<p>{words}</p>" in html


def test_names_of_options_may_stand_with_the_array() -> None:
    part = {"type": "array", "items": {"enum": ["a", "b"]}, "ui:enumNames": ["Ay", "Bee"]}

    assert "Bee" in SchemaForm(one(part)).render()

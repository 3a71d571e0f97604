"""Choosing several of the values that a field offers."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched
from tests.tasks_ui.schema_form.robot import Robot

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
        {
            "type": "array",
            "uniqueItems": True,
            "items": {"anyOf": [{"const": 1, "title": "One"}, {"const": 2}]},
        }
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
    part = {"type": "array", "items": {"enum": list("abc")}, "uniqueItems": True, **limits}
    html = SchemaForm(one(part)).render()

    assert f"<p>{words}</p>" in html


def test_names_of_options_may_stand_with_the_array() -> None:
    part = {"type": "array", "items": {"enum": ["a", "b"]}, "ui:enumNames": ["Ay", "Bee"]}

    assert "Bee" in SchemaForm(one({**part, "uniqueItems": True})).render()
    assert "Bee" in SchemaForm(one(part), stored={"x": ["a"]}).render()


LISTED = one({"type": "array", "items": {"enum": ["a", "b", "c"]}})


def test_a_list_in_which_order_and_repeats_count_is_no_row_of_boxes() -> None:
    robot = Robot(LISTED)
    for key, letter in (("n1", "c"), ("n2", "a"), ("n3", "c")):
        robot.press("x", "add r/x")
        robot.fill(f"d/x/{key}", letter)

    assert [control.kind for control in robot.controls] == ["select"] * 3
    assert robot.send().data == {"x": ["c", "a", "c"]}
    robot.press("x", "up r/x n2")
    assert robot.send().data == {"x": ["a", "c", "c"]}


@pytest.mark.parametrize("stored", [["c", "a"], ["a", "a"], []])
def test_a_list_comes_back_in_its_order(stored: list[str]) -> None:
    for schema in (LISTED, one({**LISTED["properties"]["x"], "ui:widget": "checkboxes"})):
        form = SchemaForm(schema, stored={"x": stored})
        sent = SchemaForm(schema, stored={"x": stored}, post=untouched(form))
        assert sent.data == {"x": stored}


def test_an_author_may_ask_for_boxes_all_the_same() -> None:
    schema = one({**LISTED["properties"]["x"], "ui:widget": "checkboxes"})

    assert [control.kind for control in Robot(schema).controls] == ["checkbox"] * 3


def test_a_row_without_a_choice_is_none_and_a_list_that_must_be_there_may_be_empty() -> None:
    for schema in (SEVERAL, LISTED):
        assert Robot({**schema, "required": ["x"]}).send().data == {"x": []}
    robot = Robot(LISTED)
    robot.press("x", "add r/x")
    assert robot.send().data == {}

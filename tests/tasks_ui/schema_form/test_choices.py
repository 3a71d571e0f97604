"""Choosing one of several values, or several of them."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched

CHOICE = "Select a valid choice. That choice is not one of the available choices."


def one(part: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"type": "object", "properties": {"x": part}, "required": ["x"] if required else []}


@pytest.mark.parametrize(
    ("part", "ui"),
    [
        ({"enum": ["a", "b"], "enumNames": ["Ay", "Bee"]}, None),
        ({"enum": ["a", "b"], "ui:enumNames": {"a": "Ay", "b": "Bee"}}, None),
        ({"enum": ["a", "b"]}, {"x": {"ui:enumNames": ["Ay", "Bee"]}}),
        ({"enum": ["a", "b"]}, {"x": {"ui:options": {"enumNames": ["Ay", "Bee"]}}}),
        ({"oneOf": [{"const": "a", "title": "Ay"}, {"const": "b", "title": "Bee"}]}, None),
        ({"anyOf": [{"enum": ["a"], "title": "Ay"}, {"const": "b", "title": "Bee"}]}, None),
    ],
)
@pytest.mark.parametrize("widget", ["select", "radio"])
def test_choices_are_named_in_every_way_that_authors_use(
    part: dict[str, Any], ui: dict[str, Any] | None, widget: str
) -> None:
    schema = one({**part, "ui:widget": widget})
    html = SchemaForm(schema, ui).render()

    assert "Ay" in html
    assert "Bee" in html
    assert SchemaForm(schema, ui, post={"d/x": "b"}).data == {"x": "b"}
    assert SchemaForm(schema, ui, post={"d/x": "c"}).errors == {"/x": [CHOICE]}


def test_names_that_are_missing_are_the_values() -> None:
    html = SchemaForm(one({"enum": ["a", "b", 3, None, True], "enumNames": ["Ay"]})).render()

    assert all(f">{name}</option>" in html for name in ("Ay", "b", "3", "None", "Yes"))


@pytest.mark.parametrize("value", [1, "1", True, None, 1.5, {"a": [1]}, ""])
def test_a_choice_keeps_the_type_of_its_value(value: Any) -> None:
    schema = one({"enum": [1, "1", True, None, 1.5, {"a": [1]}, ""]})
    form = SchemaForm(
        schema, stored={"x": value}, post=untouched(SchemaForm(schema, stored={"x": value}))
    )
    fresh = SchemaForm(schema, post=untouched(SchemaForm(schema, stored={"x": value})))

    for read in (form, fresh):
        assert read.is_valid()
        assert read.data["x"] == value
        assert type(read.data["x"]) is type(value)


def test_a_short_question_that_must_be_answered_shows_its_answers() -> None:
    few, many = {"enum": ["a", "b"]}, {"enum": list("abcde")}

    assert 'type="radio"' in SchemaForm(one(few, required=True)).render()
    assert "<select" in SchemaForm(one(few)).render()
    assert "<select" in SchemaForm(one(many, required=True)).render()
    assert "<select" in SchemaForm(one({"enum": ["a" * 60, "b"]}, required=True)).render()


def test_an_optional_answer_can_be_taken_back() -> None:
    schema = one({"enum": ["a", "b"], "ui:widget": "radio"})

    assert "No answer" in SchemaForm(schema).render()
    assert SchemaForm(schema, stored={"x": "a"}, post={"d/x": ""}).data == {}


def test_what_is_no_longer_offered_is_shown_and_not_replaced() -> None:
    schema = one({"enum": ["a", "b"]}, required=True)
    form = SchemaForm(schema, stored={"x": "old"})

    assert "old (no longer offered)" in form.render()
    again = SchemaForm(schema, stored={"x": "old"}, post=untouched(form))
    assert again.errors == {"/x": [CHOICE]}
    assert "old (no longer offered)" in again.render()


def test_yes_no_or_nothing_is_a_choice_of_three() -> None:
    schema = one({"type": ["boolean", "null"]}, required=True)

    assert SchemaForm(schema, post={"d/x": "true"}).data == {"x": True}
    assert SchemaForm(schema, post={"d/x": "false"}).data == {"x": False}
    assert SchemaForm(schema, post={"d/x": ""}).data == {"x": None}


def test_a_box_that_must_be_ticked_says_so_when_it_is_not() -> None:
    schema = one({"type": "boolean", "const": True, "title": "I agree"}, required=True)

    assert SchemaForm(schema, post=untouched(SchemaForm(schema))).errors == {
        "/x": ["This field is required."]
    }
    assert SchemaForm(schema, post={"d/x": ["false", "true"]}).data == {"x": True}
    assert SchemaForm(one({"type": "boolean", "const": True}), post={"d/x": "false"}).data == {}


SEVERAL = one({"type": "array", "items": {"enum": ["a", "b", "c"]}, "uniqueItems": True})


def test_several_are_chosen_in_the_order_of_the_options() -> None:
    assert SchemaForm(SEVERAL, post={"d/x": ["", "c", "a", "c"]}).data == {"x": ["a", "c"]}
    assert SchemaForm(SEVERAL, post={"d/x": ["", "z"]}).errors == {"/x": [CHOICE]}


def test_the_order_stays_when_the_same_are_chosen() -> None:
    stored = {"x": ["c", "a"]}

    assert SchemaForm(SEVERAL, stored=stored, post={"d/x": ["", "a", "c"]}).data == stored


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

"""A placeholder is an example in what is written, and what stands for no choice in a choice."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser
from tests.tasks_ui.schema_form.elements import Element

ENUM = {"type": "string", "enum": ["small", "large"]}
LOOK = {"x": {"ui:placeholder": "Choose a size"}}
FORMS = [{"title": "Box", "properties": {"a": {"type": "string"}}}, {"type": "integer"}]


def root(part: dict[str, Any], required: bool = False, **more: Any) -> Element:
    """Give the form of a field with a placeholder."""
    schema = {"properties": {"x": part}, "required": ["x"] if required else []}
    look = {"x": {**LOOK["x"], **more.pop("look", {})}}
    return Browser(SchemaForm(schema, look, **more).render()).root


def empty_option(page: Element) -> list[str]:
    """Give the text of what one chooses to choose nothing."""
    return [one.text for one in page.find("option") if not one.get("value")]


@pytest.mark.parametrize(
    "part",
    [
        ENUM,
        ENUM | {"enum": [f"size {number}" for number in range(60)]},
        {"oneOf": [{"const": 1, "title": "One"}, {"const": 2, "title": "Two"}]},
        {"type": "boolean", "ui:widget": "select"},
        {"type": ["boolean", "null"]},
        {"oneOf": FORMS},
        {"type": ["string", "integer"]},
    ],
)
def test_it_is_the_empty_option_of_a_choice(part: dict[str, Any]) -> None:
    page = root(part)

    assert empty_option(page) == ["Choose a size"]
    assert not [one for one in page.walk() if one.get("placeholder") == "Choose a size"]
    assert SchemaForm({"properties": {"x": part}}, LOOK, post={"d/x": "", "v/x": ""}).data == {}


def test_it_is_what_stands_for_no_answer_among_radio_buttons() -> None:
    page = root(ENUM, look={"ui:widget": "radio"})

    assert [one.text.strip() for one in page.find("label")] == ["small", "large", "Choose a size"]


def test_where_something_must_stay_chosen_there_is_nothing_to_say_it() -> None:
    kept = root(ENUM, required=True, look={"ui:widget": "select"}, stored={"x": "small"})

    assert "Choose a size" not in kept.text
    assert empty_option(root(ENUM, required=True, look={"ui:widget": "select"})) == [
        "Choose a size"
    ]


@pytest.mark.parametrize(
    "part", [{"type": "string"}, {"type": "integer"}, ENUM | {"enum": [f"{n}" for n in range(300)]}]
)
def test_it_is_an_example_in_what_is_written(part: dict[str, Any]) -> None:
    named = [one.get("placeholder") for one in root(part).find("input") if one.get("name") == "d/x"]

    assert named == ["Choose a size"]


@pytest.mark.parametrize(
    "part",
    [
        {"type": "boolean"},
        {"type": "array", "uniqueItems": True, "items": ENUM},
        {"type": "string", "format": "data-url"},
    ],
)
def test_nothing_else_has_an_attribute_that_it_cannot_have(part: dict[str, Any]) -> None:
    assert not [one for one in root(part).walk() if one.get("placeholder") == "Choose a size"]

"""What an author says of a place is said there once, by the place that it is about."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser

TEXT = {"type": "string"}
OWN = {"title": "Card", "description": "OF CARDS", "properties": {"no": TEXT}}
SAME = OWN | {"description": "OF PAYING", "title": "OF CARDS"}
CASH = {"title": "Cash", "properties": {"till": TEXT}}
NESTED = {"title": "Other", "description": "OF OTHERS", "anyOf": [OWN, CASH]}
SAYING = {"title": "Payment", "description": "OF PAYING", "ui:help": "HELP"}
HINTED = {"x": {"ui:description": "OF PAYING", "ui:help": "HELP"}}


def said(schema: dict[str, Any], ui_schema: Any = None, **more: Any) -> str:
    """Give the text of a form."""
    return Browser(SchemaForm(schema, ui_schema, **more).render()).root.text


@pytest.mark.parametrize(
    ("part", "look"),
    [
        ({"oneOf": [OWN, CASH], **SAYING}, None),
        ({"oneOf": [OWN, CASH]}, HINTED),
        (
            {"oneOf": [SAME, CASH], **SAYING},
            None,
        ),
        ({"$ref": "#/$defs/paying"}, None),
        ({"$ref": "#/$defs/paying", **SAYING}, None),
        ({"anyOf": [{"$ref": "#/$defs/paying"}, {"type": "null"}], **SAYING}, None),
        ({"allOf": [{"oneOf": [OWN, CASH]}, SAYING]}, None),
        ({"oneOf": [OWN, CASH]}, {"x": {**HINTED["x"], "oneOf": [{"ui:help": "OF CARDS"}]}}),
        ({"type": ["object", "string"], "properties": {"no": OWN}, **SAYING}, None),
    ],
)
def test_what_is_said_of_a_choice_is_said_once(part: Any, look: Any) -> None:
    defined = {"paying": {"oneOf": [OWN, CASH], **SAYING}}
    schema = {"properties": {"x": part}, "required": ["x"], "$defs": defined}
    text = said(schema, look, stored={"x": {"no": "1"}})

    assert text.count("OF PAYING") == 1
    assert text.count("HELP") == 1
    assert "OF CARDS" in text


def test_each_choice_says_its_own() -> None:
    schema = {"properties": {"x": {"oneOf": [NESTED, CASH], "title": "Pay"}}, "required": ["x"]}

    assert said(schema).count("OF CARDS") == 1
    texts = said(schema, {"x": {"oneOf": [{"ui:description": "BY HINT"}]}})
    assert texts.count("BY HINT") == 1


def test_of_the_whole_too() -> None:
    schema = {"oneOf": [OWN, CASH], **SAYING}
    page = Browser(SchemaForm(schema).render())

    assert page.root.text.count("OF PAYING") == 1
    assert page.root.text.count("OF CARDS") == 1
    assert legends(schema) == ["Payment", "Card"]
    assert legends({"oneOf": [OWN, CASH]}) == ["Value", "Card"], "The title is that of one."


def legends(schema: dict[str, Any]) -> list[str]:
    """Give what groups are called."""
    return [one.text for one in Browser(SchemaForm(schema).render()).root.find("legend")]


def test_what_is_said_of_a_group_is_not_said_of_its_fields() -> None:
    schema = {
        "properties": {
            "x": {"description": "OF ALL", "properties": {"a": TEXT}, "additionalProperties": TEXT},
            "y": {"description": "OF ROWS", "items": {"properties": {"a": TEXT}}, "minItems": 2},
        },
        "required": ["x", "y"],
    }
    post = {"r/x": ["=", "n1"], "r/y": ["=", "n1", "n2"], "x": "look"}

    for text in (said(schema), said(schema, post=post)):
        assert text.count("OF ALL") == 1
        assert text.count("OF ROWS") == 1

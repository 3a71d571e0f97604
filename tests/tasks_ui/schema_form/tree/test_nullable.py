"""Where null will do, a form says it by what is left empty, and gives back the null that was."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import untouched
from workflows.schemas import validate

TEXT = {"type": "string"}
AREA = {"type": "object", "properties": {"town": TEXT}, "required": ["town"]}
KINDS = [AREA | {"title": "Area"}, {"properties": {"code": TEXT}, "required": ["code"]}]
PARTS: list[dict[str, Any]] = [
    TEXT,
    {"type": "integer"},
    {"type": "boolean"},
    {"type": "string", "enum": ["a", "b"]},
    {"enum": ["a", "b", None]},
    {"oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]},
    {"allOf": [{"$ref": "#/$defs/choice"}]},
    AREA,
    {"$ref": "#/$defs/area"},
    {"allOf": [{"$ref": "#/$defs/area"}]},
    {"oneOf": KINDS},
]
KINDS_OF_VALUE = {"type": ["string", "object"], "properties": {"town": TEXT}}
LISTS: list[dict[str, Any]] = [
    {"type": "array", "items": TEXT},
    {"type": "array", "uniqueItems": True, "items": {"enum": ["a", "b"]}},
]
DEFINED = {"choice": {"enum": ["a", "b"]}, "area": AREA}


def of(part: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Give the schema of an object with one property that may be null."""
    return {"properties": {"x": {**part, "nullable": True}}, "required": required, "$defs": DEFINED}


@pytest.mark.parametrize("part", [*PARTS, *LISTS])
@pytest.mark.parametrize("required", [[], ["x"]])
def test_null_stays_null_and_what_is_left_empty_fits(part: Any, required: list[str]) -> None:
    schema = of(part, required)

    kept = SchemaForm(
        schema, stored={"x": None}, post=untouched(SchemaForm(schema, stored={"x": None}))
    )
    assert kept.data == {"x": None}
    blank = SchemaForm(schema, post=untouched(SchemaForm(schema)))
    assert blank.errors == {}
    assert validate(schema, blank.data) == {}
    assert required or blank.data == {}


@pytest.mark.parametrize("part", PARTS)
def test_what_must_be_there_and_is_left_empty_is_null(part: Any) -> None:
    schema = of(part, ["x"])

    assert SchemaForm(schema, post=untouched(SchemaForm(schema))).data == {"x": None}


def test_what_is_filled_in_is_there() -> None:
    assert SchemaForm(of(AREA, ["x"]), post={"d/x/town": "Porto"}).data == {"x": {"town": "Porto"}}
    area = untouched(SchemaForm(PARTS[10] | {"$defs": DEFINED}, stored={"town": "Porto"}))["v"]
    chosen = {"v/x": area, "d/x/town": "Porto"}
    assert SchemaForm(of(PARTS[10], ["x"]), post=chosen).data == {"x": {"town": "Porto"}}


def test_where_kinds_are_chosen_from_null_is_one_of_them() -> None:
    schema = of(KINDS_OF_VALUE, ["x"])
    post = untouched(SchemaForm(schema, stored={"x": None}))

    assert SchemaForm(schema, post=post).data == {"x": None}
    assert SchemaForm(schema, stored={"x": None}, post=post).data == {"x": None}
    assert SchemaForm(schema, post=untouched(SchemaForm(schema))).errors.keys() == {"/x"}


def test_null_is_no_option_beside_the_empty_one() -> None:
    html = SchemaForm(of({"enum": ["a", "b", None]}, ["x"])).render()

    assert html.count("<option") == 3
    assert "None" not in html


def test_a_null_that_was_chosen_can_be_chosen_again() -> None:
    for part in (PARTS[2], PARTS[3], PARTS[3] | {"ui:widget": "radio"}):
        value = part.get("enum", [True])[0]
        form = SchemaForm(of(part, ["x"]), stored={"x": value})

        assert 'value=""' in form.render()
        assert SchemaForm(of(part, ["x"]), stored={"x": value}, post={"d/x": ""}).data == {
            "x": None
        }


def test_a_row_that_was_added_is_no_null() -> None:
    rows = {"type": "array", "items": {**AREA, "nullable": True}}
    post = {"r/x": ["=", "n1"], "d/x/n1/town": ""}

    assert SchemaForm({"properties": {"x": rows}}, post=post).data == {"x": [{}]}
    stored = {"x": [None, {"town": "Porto"}]}
    shown = untouched(SchemaForm({"properties": {"x": rows}}, stored=stored))
    assert SchemaForm({"properties": {"x": rows}}, stored=stored, post=shown).data == stored

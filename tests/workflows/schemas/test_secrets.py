"""What nobody may see again, left out of data wherever a schema says so."""

from __future__ import annotations

from typing import Any, Final

import pytest

from workflows.schemas import SECRET, conceal

PIN: Final = {"type": "string", "writeOnly": True}
IN: Final = {"properties": {"pin": PIN}}


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"pin": PIN}},
        {"properties": {"pin": {"type": "string", "format": "password"}}},
        {"properties": {"pin": {"$ref": "#/$defs/pin"}}, "$defs": {"pin": PIN}},
        {"allOf": [IN]},
        {"anyOf": [{"properties": {"pin": {"type": "integer"}}}, IN]},
        {"if": {"required": ["name"]}, "then": {}, "else": IN},
        {"dependentSchemas": {"name": IN}},
        {"dependencies": {"name": IN}},
        {"additionalProperties": PIN, "properties": {"name": {}}},
        {"patternProperties": {"^p": PIN}},
    ],
)
def test_a_secret_is_found_wherever_the_schema_says_it(schema: dict[str, Any]) -> None:
    data = {"name": "Ana", "pin": "4711"}

    assert conceal(schema, data) == {"name": "Ana", "pin": SECRET}
    assert data["pin"] == "4711", "What was given stays as it is."


def test_secrets_in_lists_and_objects_go_and_the_rest_stays() -> None:
    schema = {
        "properties": {
            "rows": {"items": {"$ref": "#/$defs/row"}},
            "pair": {"prefixItems": [{}, PIN], "items": {"type": "integer"}},
            "keys": {"type": "object", "writeOnly": True},
        },
        "$defs": {"row": {"properties": {"pin": PIN, "rows": {"items": {"$ref": "#/$defs/row"}}}}},
    }
    row = {"pin": "1", "name": "a"}

    assert conceal(
        schema, {"rows": [row, {**row, "rows": [row]}], "pair": [1, "2", 3], "keys": {"a": 1}}
    ) == {
        "rows": [
            {"pin": SECRET, "name": "a"},
            {"pin": SECRET, "name": "a", "rows": [{"pin": SECRET, "name": "a"}]},
        ],
        "pair": [1, SECRET, 3],
        "keys": SECRET,
    }


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_no_secret(nothing: Any) -> None:
    assert conceal(IN, {"pin": nothing}) == {"pin": nothing}


@pytest.mark.parametrize("schema", [{}, True, {"properties": 5}, {"writeOnly": False}])
def test_without_secrets_the_data_are_the_same(schema: Any) -> None:
    data = {"pin": "4711"}

    assert conceal(schema, data) is data

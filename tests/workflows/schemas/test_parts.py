"""What schemas inside of schemas ask for, and what they leave to others."""

from __future__ import annotations

from typing import Any

import pytest

from workflows.schemas import document, holds, validate
from workflows.schemas.checking import checked
from workflows.schemas.programs import program_of

OPEN: dict[str, Any] = {"properties": {"a": {}}, "patternProperties": {"^x-": {}}}


@pytest.mark.parametrize(
    ("schema", "fitting", "other"),
    [
        ({**OPEN, "unevaluatedProperties": False}, {"a": 1, "x-b": 1}, {"b": 1}),
        ({"allOf": [OPEN], "unevaluatedProperties": {"type": "null"}}, {"c": None}, {"c": 1}),
        (
            {"if": {"required": ["a"]}, "then": OPEN, "unevaluatedProperties": False},
            {"a": 1, "x-b": 2},
            {"x-b": 1},
        ),
        (
            {"anyOf": [OPEN, {"properties": {"z": False}}], "unevaluatedProperties": False},
            {"a": 1},
            {"z": 1},
        ),
        (
            {
                "dependentSchemas": {"a": {"properties": {"b": {}}}},
                "properties": {"a": {}},
                "unevaluatedProperties": False,
            },
            {"a": 1, "b": 1},
            {"b": 1},
        ),
        (
            {
                "$ref": "#/$defs/o",
                "$defs": {"o": {"additionalProperties": {"type": "null"}}},
                "unevaluatedProperties": False,
            },
            {"a": None},
            {"a": 1},
        ),
        ({"prefixItems": [{}], "unevaluatedItems": False}, [1], [1, 2]),
        ({"contains": {"const": 1}, "unevaluatedItems": {"type": "null"}}, [1, None], [1, 2]),
        ({"allOf": [{"items": {"minimum": 1}}], "unevaluatedItems": False}, [1, 2], [0]),
        ({"contains": {"const": 1}, "minContains": 2}, [1, 1], [1]),
        ({"contains": {"const": 1}, "minContains": 0, "maxContains": 1}, [], [1, 1]),
        ({"not": {"required": ["a"]}}, {}, {"a": 1}),
        ({"if": {"const": 1}, "else": False}, 1, 2),
        ({"if": {"const": 1}, "then": False}, 2, 1),
        ({"propertyNames": {"maxLength": 1}}, {"a": 1}, {"ab": 1}),
        ({"minProperties": 1, "maxProperties": 1}, {"a": 1}, {}),
        ({"enum": [{"a": [1, True]}]}, {"a": [1.0, True]}, {"a": [1, 1]}),
        ({"const": 0.1}, 0.1, 0.10000001),
    ],
)
def test_parts_say_what_they_say_about_the_whole(schema: Any, fitting: Any, other: Any) -> None:
    assert validate(schema, fitting) == {}
    assert validate(schema, other) != {}


def test_names_of_references_are_found_from_where_one_has_come_by() -> None:
    schema = {
        "$id": "http://a.example/list",
        "$ref": "base",
        "$defs": {
            "item": {"$dynamicAnchor": "item", "type": "integer"},
            "base": {
                "$id": "base",
                "items": {"$dynamicRef": "#item"},
                "$defs": {"any": {"$dynamicAnchor": "item"}},
            },
        },
    }

    assert validate(schema, [1]) == {}
    assert list(validate(schema, ["a"])) == ["/0"]


def test_a_known_schema_is_not_made_ready_again() -> None:
    schema = {"properties": {"only here": {"pattern": "^x"}}}
    validate(schema, {})
    made, checked_ = program_of.cache_info().misses, checked.cache_info().misses

    assert validate({"properties": {"only here": {"pattern": "^x"}}}, {"only here": "y"})

    assert (program_of.cache_info().misses, checked.cache_info().misses) == (made, checked_)


def test_a_part_holds_or_does_not() -> None:
    loaded = document(
        {"if": {"properties": {"a": {"$ref": "#/$defs/one"}}}, "$defs": {"one": {"const": 1}}}
    )
    condition = loaded.root.inside(loaded.schema["if"])

    assert holds(loaded, condition, {"a": 1})
    assert not holds(loaded, condition, {"a": 2})
    assert not holds(loaded, condition, {"a": float("nan")})

"""Which properties of what is sent are taken."""

from __future__ import annotations

from workflows.schemas import declared_properties, pick_declared

SCHEMA = {
    "$ref": "#/$defs/base",
    "properties": {"own": {"properties": {"inner": {}}}},
    "allOf": [{"properties": {"part": {}}}],
    "if": {"properties": {"asked": {}}},
    "then": {"properties": {"then": {}}},
    "else": {"allOf": [{"properties": {"else": {}}}]},
    "oneOf": [{"properties": {"one": {}}}, {"$ref": "#/$defs/other"}],
    "dependentSchemas": {"own": {"properties": {"depending": {}}}},
    "patternProperties": {"^x": {}},
    "$defs": {
        "base": {"properties": {"base": {}}},
        "other": {"properties": {"other": {"$ref": "#"}}},
        "unused": {"properties": {"unused": {}}},
    },
}


def test_what_the_schema_says_about_the_whole_is_declared() -> None:
    assert declared_properties(SCHEMA) == {
        *("own", "base", "part", "asked", "then", "else", "one", "other", "depending")
    }


def test_nothing_is_declared_where_nothing_is_said() -> None:
    assert declared_properties(True) == declared_properties({}) == frozenset()


def test_only_declared_properties_are_picked() -> None:
    data = {"own": 1, "is_admin": True, "x1": 2, "inner": 3, "base": None}

    assert pick_declared(SCHEMA, data) == {"own": 1, "base": None}
    assert pick_declared(True, data) == {}

"""`nullable: true` lets null do, and nothing else that the schema does not."""

from __future__ import annotations

from typing import Any

import pytest

from workflows.schemas import check_schema, validate
from workflows.schemas.upgrade.upgrading import upgrade

TEXT = {"type": "string", "minLength": 2}
NULL = {"type": "null"}
CHOICE = "Select a valid choice. That choice is not one of the available choices."
SHORT = "Ensure this value has at least 2 characters (it has 1)."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": ["string", "integer"]}, {"type": ["string", "integer", "null"]}),
        ({"type": ["string", "null"]}, {"type": ["string", "null"]}),
        ({"type": "string", "enum": ["a"]}, {"anyOf": [{"type": "string", "enum": ["a"]}, NULL]}),
        ({"enum": ["a", None, "b"]}, {"anyOf": [{"enum": ["a", "b"]}, NULL]}),
        (
            {"enum": [None, "b"], "enumNames": ["None", "B"], "title": "T", "ui:help": "H"},
            {"enumNames": ["B"], "title": "T", "ui:help": "H", "anyOf": [{"enum": ["b"]}, NULL]},
        ),
        ({"allOf": [TEXT], "default": "a"}, {"default": "a", "anyOf": [{"allOf": [TEXT]}, NULL]}),
        ({"anyOf": [TEXT, NULL]}, {"anyOf": [{"anyOf": [TEXT, NULL]}, NULL]}),
        ({"disallow": "string"}, {"anyOf": [{"allOf": [{"not": {"type": "string"}}]}, NULL]}),
    ],
)
def test_it_is_written_as_the_newest_draft_writes_it(old: dict[str, Any], new: Any) -> None:
    found = upgrade({**old, "nullable": True}).schema
    found.pop("nullable", None)

    assert found == new
    assert check_schema({**old, "nullable": True}) == []
    assert upgrade({**old, "nullable": "true"}).schema.get("nullable") == "true"


@pytest.mark.parametrize(
    ("schema", "good", "bad", "message"),
    [
        (TEXT, "ab", "a", SHORT),
        ({"type": "string", "enum": ["a", "b"]}, "a", "c", CHOICE),
        ({"enum": ["a", "b", None]}, "a", "c", CHOICE),
        ({"$ref": "#/$defs/text"}, "ab", "a", SHORT),
        ({"allOf": [{"$ref": "#/$defs/text"}]}, "ab", "a", SHORT),
        ({"oneOf": [TEXT]}, "ab", "a", SHORT),
        ({"if": {"type": "string"}, "then": TEXT, "else": False}, "ab", "a", SHORT),
    ],
)
def test_null_will_do_and_what_is_told_of_other_values_stays(
    schema: dict[str, Any], good: Any, bad: Any, message: str
) -> None:
    whole = {"properties": {"x": {**schema, "nullable": True}}, "$defs": {"text": TEXT}}

    assert validate(whole, {"x": None}) == {}
    assert validate(whole, {"x": good}) == {}
    assert validate(whole, {"x": bad}) == {"/x": [message]}
    whole["properties"] = {"x": {**schema, "nullable": False}}
    assert validate(whole, {"x": good}) == {}
    assert (validate(whole, {"x": None}) == {}) is (None in schema.get("enum", ()))


def test_references_lead_to_what_was_moved_and_problems_are_told_where_it_was_written() -> None:
    of: dict[str, Any] = {
        "nullable": True,
        "allOf": [{}],
        "properties": {"a": TEXT, "b": {"pattern": "("}},
    }
    schema = {"properties": {"x": {"$ref": "#/$defs/of/properties/a"}}, "$defs": {"of": of}}

    assert [one.pointer for one in check_schema(schema)] == ["/$defs/of/properties/b/pattern"]
    del of["properties"]["b"]
    assert validate(schema, {"x": "a"}) == {"/x": [SHORT]}
    assert validate({**schema, "properties": {"x": {"$ref": "#/$defs/of"}}}, {"x": None}) == {}


def test_a_property_may_be_called_so() -> None:
    assert validate({"properties": {"nullable": {"type": "boolean"}}}, {"nullable": 1}) != {}

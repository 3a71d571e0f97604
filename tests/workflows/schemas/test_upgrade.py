"""What older drafts write is written as the newest draft does, and means the same."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from workflows.schemas import check_schema, document, validate
from workflows.schemas.upgrade.upgrading import upgrade

DRAFT = "http://json-schema.org/draft-{}/schema#"
TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Draft 03: properties say themselves that they are required.
        (
            {"properties": {"a": {"required": True}, "b": {"required": False}}},
            {"properties": {"a": {}, "b": {}}, "required": ["a"]},
        ),
        (
            {"properties": {"a": {"required": True}, "c": {}}, "required": ["c"]},
            {"properties": {"a": {}, "c": {}}, "required": ["c", "a"]},
        ),
        ({"items": {"required": True}, "required": False}, {"items": {}}),
        ({"divisibleBy": 5}, {"multipleOf": 5}),
        ({"disallow": "any"}, {"allOf": [{"not": True}]}),
        (
            {"disallow": ["string", {"maximum": 5}], "allOf": [{}]},
            {"allOf": [{}, {"not": {"type": "string"}}, {"not": {"maximum": 5}}]},
        ),
        ({"extends": {"minimum": 1}}, {"allOf": [{"minimum": 1}]}),
        ({"extends": [{"minimum": 1}, {}]}, {"allOf": [{"minimum": 1}, {}]}),
        ({"type": "any"}, {}),
        ({"type": ["any", "null"]}, {}),
        ({"type": ["null", {"minimum": 1}]}, {"anyOf": [{"type": "null"}, {"minimum": 1}]}),
        (
            {"type": [{"minimum": 1}], "anyOf": [{}]},
            {"anyOf": [{}], "allOf": [{"anyOf": [{"minimum": 1}]}]},
        ),
        # Draft 04: a remark beside the limit.
        ({"minimum": 5, "exclusiveMinimum": True}, {"exclusiveMinimum": 5}),
        ({"maximum": 5, "exclusiveMaximum": False}, {"maximum": 5}),
        ({"exclusiveMinimum": True}, {}),
        (
            {"$schema": DRAFT.format("04"), "id": "http://a.example/b"},
            {"$id": "http://a.example/b"},
        ),
        ({"$schema": DRAFT.format("04"), "id": "#spot"}, {"$anchor": "spot"}),
        ({"id": "a text field"}, {"id": "a text field"}),
        # Drafts 06 and 07.
        ({"$id": "http://a.example/b#spot"}, {"$id": "http://a.example/b", "$anchor": "spot"}),
        ({"$id": "http://a.example/b#"}, {"$id": "http://a.example/b"}),
        (
            {"$schema": DRAFT.format("07"), "allOf": [{"$id": "x", "$ref": "#", "title": "t"}]},
            {"allOf": [{"$ref": "#", "title": "t"}]},
        ),
        (
            {"items": [TEXT, {}], "additionalItems": False},
            {"prefixItems": [TEXT, {}], "items": False},
        ),
        ({"items": [], "additionalItems": TEXT}, {"items": TEXT}),
        ({"items": []}, {}),
        ({"prefixItems": [], "items": TEXT}, {"items": TEXT}),
        (
            {"dependencies": {"a": ["b"], "c": TEXT, "d": "e"}},
            {"dependentRequired": {"a": ["b"], "d": ["e"]}, "dependentSchemas": {"c": TEXT}},
        ),
        (
            {"dependencies": {"a": ["b"]}, "dependentRequired": {"a": ["c"]}},
            {
                "dependentRequired": {"a": ["c"]},
                "allOf": [{"dependentRequired": {"a": ["b"]}, "dependentSchemas": {}}],
            },
        ),
        # Draft 2019-09.
        ({"items": {"$recursiveRef": "#"}}, {"items": {"$ref": "#"}}),
        (
            {"$recursiveAnchor": True, "items": {"$recursiveRef": "#"}},
            {"$dynamicAnchor": "recursiveAnchor", "items": {"$dynamicRef": "#recursiveAnchor"}},
        ),
        ({"$recursiveAnchor": False}, {}),
        (
            {"items": {"$ref": "#/$defs/a", "$recursiveRef": "#"}, "$defs": {"a": {}}},
            {"items": {"$ref": "#/$defs/a", "allOf": [{"$ref": "#"}]}, "$defs": {"a": {}}},
        ),
        # Habits of any time.
        ({"minLength": "5", "maximum": "2.5"}, {"minLength": 5, "maximum": 2.5}),
        ({"minLength": "five"}, {"minLength": "five"}),
    ],
)
def test_what_is_old_is_written_anew(old: dict[str, Any], new: dict[str, Any]) -> None:
    before = copy.deepcopy(old)

    assert upgrade(old).schema == new
    assert old == before
    assert upgrade(new).schema == new


@pytest.mark.parametrize(
    "name",
    [
        *(DRAFT.format(number) for number in ("03", "04", "05", "06", "07")),
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft-04/schema",
        "https://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-04/hyper-schema#",
        "http://json-schema.org/schema#",
        "https://json-schema.org/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
        "http://json-schema.org/draft/2020-12/schema#",
        "https://spec.openapis.org/oas/3.1/dialect/base",
    ],
)
def test_a_known_draft_is_not_named_any_more(name: str) -> None:
    assert upgrade({"$schema": name, "items": {"$schema": name}}).schema == {"items": {}}
    assert check_schema({"$schema": name, "type": "string"}) == []


def test_each_part_is_read_in_the_draft_that_it_names() -> None:
    schema = {
        "$schema": DRAFT.format("07"),
        "properties": {
            "new": {"divisibleBy": 5},
            "old": {"$schema": DRAFT.format("03"), "divisibleBy": 5},
        },
    }

    assert validate(schema, {"new": 3}) == {}
    assert list(validate(schema, {"old": 3})) == ["/old"]


def test_an_old_word_that_the_named_draft_does_not_know_says_nothing() -> None:
    schema = {"$schema": DRAFT.format("07"), "disallow": "string", "extends": {"minimum": 3}}

    assert validate(schema, "a") == validate(schema, 1) == {}


def test_names_of_properties_are_no_keywords() -> None:
    schema = {
        "properties": {"items": {"type": "array"}, "required": TEXT, "$schema": TEXT, "id": TEXT},
        "default": {"items": [], "required": True},
        "enum": [{"divisibleBy": 5}],
    }

    assert upgrade(schema).schema == schema


def test_references_lead_to_where_their_targets_are_now() -> None:
    schema = {
        "items": [{"type": "integer"}, {"$ref": "#/items/0"}],
        "additionalItems": {"$ref": "#/dependencies/a%20%25/items/0"},
        "dependencies": {"a %": {"items": [{"type": "boolean"}]}},
    }

    assert check_schema(schema) == []
    assert validate(schema, [1, 2, True]) == {}
    assert set(validate(schema, ["a", "b", "c"])) == {"/0", "/1", "/2"}


def test_what_only_a_reference_makes_a_schema_of_is_upgraded_too() -> None:
    schema = {
        "properties": {"pet": {"$ref": "#/components/schemas/Pet"}},
        "components": {
            "schemas": {
                "Pet": {
                    "properties": {
                        "name": {"required": True},
                        "tag": {"$ref": "#/components/tags/0"},
                    }
                },
                "Other": {"required": True},
            },
            "tags": [
                {
                    "items": [{"type": "integer"}],
                    "additionalItems": {"$ref": "#/components/tags/0/items/0"},
                }
            ],
        },
    }
    before = copy.deepcopy(schema)

    assert check_schema(schema) == []
    assert validate(schema, {"pet": {}}) == {"/pet/name": ["This field is required."]}
    assert set(validate(schema, {"pet": {"name": 1, "tag": ["a", "b"]}})) == {
        "/pet/tag/0",
        "/pet/tag/1",
    }
    assert upgrade(schema).schema["components"]["schemas"]["Other"] == {"required": True}
    assert schema == before


def test_a_fault_is_named_where_it_was_written() -> None:
    schema = {
        "items": [{}, {"dependencies": {"a": {"type": "no"}}}],
        "additionalItems": {"extends": [{}, {"disallow": {"pattern": "("}}]},
    }
    deep = {"extends": [{"items": [{"pattern": "("}]}]}

    assert [problem.pointer for problem in check_schema(schema)] == ["/items/1/dependencies/a/type"]
    assert [problem.pointer for problem in check_schema(deep)] == ["/extends/0/items/0/pattern"]


def test_rules_beside_a_reference_hold_in_every_draft() -> None:
    schema = {
        "$schema": DRAFT.format("07"),
        "definitions": {"a": TEXT},
        "properties": {"a": {"$ref": "#/definitions/a", "minLength": 3}},
    }

    assert validate(schema, {"a": "ab"}) != {}
    assert validate(schema, {"a": "abc"}) == {}


def test_recursion_that_others_may_extend_is_extended() -> None:
    strict = {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "$id": "http://a.example/strict",
        "$recursiveAnchor": True,
        "$ref": "tree",
        "unevaluatedProperties": False,
        "$defs": {
            "tree": {
                "$id": "tree",
                "$recursiveAnchor": True,
                "properties": {"child": {"$recursiveRef": "#"}},
            }
        },
    }

    assert validate(strict, {"child": {"child": {}}}) == {}
    assert list(validate(strict, {"child": {"daat": 1}})) == ["/child"]


def test_whoever_reads_the_document_sees_the_newest_draft() -> None:
    schema = {"items": [TEXT], "properties": {"a": {"required": True}}}

    assert document(schema).schema == {
        "prefixItems": [TEXT],
        "properties": {"a": {}},
        "required": ["a"],
    }

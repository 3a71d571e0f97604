"""Which schemas are refused, where, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext_lazy

from workflows.schemas import UnusableSchema, check_schema, validate


def deep(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _level in range(levels):
        schema = {"not": schema}
    return schema


def doubling(levels: int) -> dict[str, Any]:
    definitions = {
        f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}, {"$ref": f"#/$defs/d{n + 1}"}]}
        for n in range(levels)
    }
    return {"$ref": "#/$defs/d0", "$defs": {**definitions, f"d{levels}": {"type": "string"}}}


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {},
        {"type": "object", "properties": {"a": {"type": "string"}}},
        {
            "$schema": "http://json-schema.org/draft-04/schema#",
            "exclusiveMinimum": True,
            "minimum": 1,
        },
        {"$schema": "http://json-schema.org/draft-07/schema#", "items": [{"type": "string"}]},
        {"items": [{"type": "string"}]},
        {"$defs": {"a": {"type": "string"}}, "properties": {"x": {"$ref": "#/$defs/a"}}},
        {"$id": "https://example.org/tree", "properties": {"child": {"$ref": "#"}}},
        {"properties": {"x": {"$ref": "y"}}, "$defs": {"y": {"$id": "y", "type": "null"}}},
        {"properties": {"x": {"$ref": "#spot"}}, "$defs": {"y": {"$anchor": "spot"}}},
        {"pattern": r"^\p{L}+[\w-\.]*A$"},
        {"pattern": r"^\p{Script=Greek}+$"},
        {"title": gettext_lazy("Amount"), "type": "number"},
        {"properties": {"$schema": {"type": "string"}, "$ref": {"type": "string"}}},
        {"enum": [{"$ref": "http://example.org/"}]},
    ],
)
def test_what_people_write_is_accepted(schema: Any) -> None:
    assert check_schema(schema) == []


@pytest.mark.parametrize(
    ("schema", "pointer", "words"),
    [
        ({"type": "strng"}, "/type", "strng"),
        ({"type": "dict"}, "/type", "write “object”"),
        ({"items": {"type": 7}}, "/items/type", "Name one of the types"),
        ({"properties": {"a": {"required": "yes"}}}, "/properties/a/required", "a list"),
        ({"properties": []}, "/properties", "an object"),
        ({"properties": {"a": 1}}, "/properties/a", "a schema"),
        ({"minLength": -1}, "/minLength", "0 or more"),
        ({"multipleOf": 0}, "/multipleOf", "more than 0"),
        ({"allOf": []}, "/allOf", "empty"),
        ({"required": ["a", "a"]}, "/required", "only once"),
        ({"$id": 7}, "/$id", "a text"),
        ({"items": {"$id": ["x"], "$ref": "#/items"}}, "/items/$id", "a text"),
        ({"$ref": "#/a/b", "a": {"b": {"$id": {}}}}, "/a/b/$id", "a text"),
        ({"$anchor": "a b"}, "/$anchor", "newest draft"),
        ({"items": [{"type": "no"}]}, "/items/0/type", "no type"),
        ({"extends": {"type": "no"}}, "/extends/type", "no type"),
        ({"$schema": "http://json-schema.org/draft-02/schema#"}, "/$schema", "2020-12"),
        ({"$schema": "https://example.org/schema"}, "/$schema", "2020-12"),
        ({"$schema": 7}, "/$schema", "2020-12"),
        ({"$ref": "http://example.org/x.json"}, "/$ref", "does not lead"),
        ({"$ref": "file:///etc/passwd"}, "/$ref", "does not lead"),
        ({"properties": {"a/b": {"$ref": "#/$defs/no"}}}, "/properties/a~1b/$ref", "does not lead"),
        ({"$ref": "http://json-schema.org/draft-07/schema#"}, "/$ref", "does not lead"),
        ({"$ref": "#/title", "title": "x"}, "/$ref", "does not lead"),
        ({"$ref": "#/allOf/x", "allOf": [{}]}, "/$ref", "does not lead"),
        (
            {"$ref": "#/x-parts/a", "x-parts": {"a": {"pattern": "("}}},
            "/x-parts/a/pattern",
            "cannot be used",
        ),
        (
            {"$ref": "#/x-parts/a", "x-parts": {"a": {"items": [{"type": "no"}]}}},
            "/x-parts/a/items/0/type",
            "no type",
        ),
        ({"$ref": "#/x-parts", "x-parts": []}, "/$ref", "does not lead"),
        ({"pattern": "(?=a)"}, "/pattern", "cannot be used"),
        ({"pattern": "a" * 3_000}, "/pattern", "longer"),
        ({"patternProperties": {"(?!x)": {}}}, "/patternProperties/(?!x)", "cannot be used"),
        ({"$ref": "#"}, "", "circle"),
        ({"allOf": [{"anyOf": [{"$ref": "#"}]}]}, "", "circle"),
        (doubling(18), "", "too many"),
        (deep(70), "/not" * 65, "deeply"),
        ({"properties": {str(n): {} for n in range(3_100)}}, "", "3,000"),
        ({"description": "x" * 1_000_001}, "/description", "too long"),
        ({"default": object()}, "/default", "not a JSON"),
        ({"default": float("nan")}, "/default", "number"),
        ({"default": "\x00"}, "/default", "Null"),
        ({"default": "\ud800"}, "/default", "cannot be stored"),
        ({"default": {1: 2}}, "/default", "name"),
        (
            {"properties": {"a": {"$schema": "http://example.org/schema"}}},
            "/properties/a/$schema",
            "not supported",
        ),
        ({"$dynamicAnchor": "a", "$dynamicRef": "#a"}, "", "circle"),
        ("text", "", "object"),
        (None, "", "object"),
    ],
)
def test_what_is_invalid_or_unsafe_is_refused_with_its_place(
    schema: Any, pointer: str, words: str
) -> None:
    problems = check_schema(schema)

    assert (problems[0].pointer, words in problems[0].message) == (pointer, True), problems
    assert problems[0].message.endswith(".")


def test_a_schema_that_is_refused_validates_nothing() -> None:
    with pytest.raises(UnusableSchema, match=r"/\$ref"):
        validate({"$ref": "http://example.org/"}, {})
    with pytest.raises(UnusableSchema, match="not a JSON"):
        validate({"default": object()}, {})


def test_no_file_is_read_for_a_reference(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text('{"const": "hidden"}')

    problems = check_schema({"$ref": secret.as_uri()})

    assert len(problems) == 1
    assert "hidden" not in problems[0].message


def test_the_number_of_problems_told_is_limited() -> None:
    schema = {"properties": {str(n): {"type": "no"} for n in range(100)}}

    assert len(check_schema(schema)) == 20


def test_the_schema_itself_is_never_changed() -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": gettext_lazy("Amount"),
        "properties": {"a": {"default": {}}},
    }
    before = dict(schema)

    check_schema(schema)
    validate(schema, {"a": 1})

    assert schema == before

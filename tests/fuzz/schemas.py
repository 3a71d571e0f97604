"""Schemas that invite trouble: slow patterns, endless recursion, odd names, all kinds of parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.cases.reading import Case, own_cases, read_cases
from workflows.schemas import check_schema


@dataclass(frozen=True, eq=False)
class Target:
    """A form to attack, and what may be stored in it."""

    name: str
    schema: Any
    ui_schema: Any = None
    stored: Any = None


Schema = dict[str, Any]

TREE: Final[Schema] = {
    "$ref": "#/$defs/node",
    "$defs": {
        "node": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "parent": {"$ref": "#/$defs/node"},
                "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
                "either": {"oneOf": [{"type": "integer"}, {"$ref": "#/$defs/node"}]},
            },
            "required": ["name"],
        }
    },
}
TEXTS: Final[Schema] = {
    "type": "object",
    "properties": {
        "slow": {"type": "string", "pattern": "^(a+)+$"},
        "slower": {"type": "string", "pattern": "^(([a-z])+.)+[A-Z]([a-z])+$"},
        "any": {"type": "string", "pattern": "(.*)*\\d(.*)*", "maxLength": 100_000},
        "area": {"type": "string", "format": "textarea", "minLength": 3},
        "secret": {"type": "string", "format": "password", "minLength": 8},
        **{
            name: {"type": "string", "format": name}
            for name in ("date", "time", "date-time", "email", "uri", "uuid", "ipv6", "color")
        },
        "regex": {"type": "string", "format": "regex"},
        "nullable": {"type": ["string", "null"]},
        "read": {"type": "string", "readOnly": True, "default": "kept"},
        "shut": {"type": "string", "writeOnly": True},
    },
    "required": ["slow", "secret"],
    "patternProperties": {"^(x+)+$": {"type": "integer"}},
}
NUMBERS: Final[Schema] = {
    "type": "object",
    "properties": {
        "whole": {"type": "integer", "minimum": -5, "maximum": 10**30},
        "cents": {"type": "number", "multipleOf": 0.01},
        "tiny": {"type": "number", "multipleOf": 1e-9, "exclusiveMinimum": 0},
        "flag": {"type": "boolean"},
        "agreed": {"const": True},
        "maybe": {"type": ["boolean", "null"]},
        "either": {"type": ["integer", "string", "null", "array", "object"]},
        "json": {},
        "null": {"type": "null"},
        "odd": {"enum": [1, "1", True, None, 1.5, "", {"a": 1}, [1]]},
        "named": {"oneOf": [{"const": n, "title": f"No. {n}"} for n in range(6)]},
        "many": {"enum": [f"option {n}" for n in range(300)]},
    },
    "required": ["whole", "agreed", "odd"],
}
LISTS: Final[Schema] = {
    "type": "object",
    "properties": {
        "plain": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 5},
        "rows": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "properties": {"sku": {"type": "string"}, "n": {"type": "integer"}},
                "required": ["sku"],
            },
        },
        "deep": {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
        "pair": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]},
        "boxes": {"type": "array", "uniqueItems": True, "items": {"enum": ["a", "b", "c"]}},
        "contains": {"type": "array", "contains": {"const": 7}, "items": {"type": "integer"}},
        "map": {"type": "object", "additionalProperties": {"type": "integer"}},
        "free": {
            "type": "object",
            "properties": {"known": {"type": "string"}},
            "patternProperties": {"^S_": {"type": "string"}, "^[0-9]+$": {"type": "array"}},
            "propertyNames": {"maxLength": 8},
            "additionalProperties": True,
        },
    },
}
UNIONS: Final[Schema] = {
    "type": "object",
    "properties": {
        "pet": {
            "oneOf": [
                {
                    "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}},
                    "required": ["kind", "lives"],
                },
                {
                    "properties": {"kind": {"const": "dog"}, "tricks": {"type": "array"}},
                    "required": ["kind"],
                },
                {"type": "string"},
            ],
        },
        "any": {
            "anyOf": [
                {"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]},
                {"type": "object", "additionalProperties": {"type": "string"}},
                {"type": "null"},
            ]
        },
        "country": {"enum": ["us", "nl", "de"]},
    },
    "allOf": [
        {
            "if": {"properties": {"country": {"const": "us"}}, "required": ["country"]},
            "then": {"properties": {"zip": {"pattern": "^[0-9]{5}$"}}, "required": ["zip"]},
            "else": {
                "properties": {"postcode": {"type": "string"}},
                "if": {"properties": {"postcode": {"minLength": 3}}, "required": ["postcode"]},
                "then": {"properties": {"country2": {"$ref": "#/properties/country"}}},
            },
        }
    ],
    "dependentRequired": {"zip": ["street"]},
    "dependentSchemas": {"pet": {"properties": {"vet": {"type": "object", "properties": {}}}}},
    "dependencies": {"zip": {"properties": {"street": {"type": "string"}}}},
}
NAMES: Final[Schema] = {
    "type": "object",
    "properties": {
        name: {"type": "object", "properties": {name: {"type": "integer"}}}
        for name in ("", "/", "~", "~1", "__proto__", "constructor", "a.b", "a[0]", "ünïcode", "d")
    },
}
FILES: Final[Schema] = {
    "type": "object",
    "properties": {
        "one": {"type": "string", "format": "data-url"},
        "photo": {
            "type": "string",
            "contentEncoding": "base64",
            "contentMediaType": "image/png",
            "maxLength": 100_000,
        },
        "many": {"type": "array", "items": {"type": "string", "format": "data-url"}, "maxItems": 3},
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "scan": {"type": "string", "format": "data-url"},
                },
                "required": ["scan"],
            },
        },
    },
    "required": ["one"],
}
OWN: Final = [
    Target("tree", TREE, None, {"name": "root", "children": [{"name": "leaf"}]}),
    Target("texts", TEXTS, None, {"slow": "aa", "secret": "hunter22", "xx": 1}),
    Target("numbers", NUMBERS),
    Target("lists", LISTS, None, {"plain": ["a", "b"], "rows": [{"sku": "1"}], "map": {"k": 1}}),
    Target("unions", UNIONS, None, {"pet": {"kind": "cat", "lives": 9}, "country": "nl"}),
    Target("names", NAMES),
    Target("files", FILES, None, {"one": "data:text/plain;name=a.txt;base64,YQ==", "many": []}),
    Target("anything", {}),
    Target("bare list", {"type": "array", "items": {"type": "string"}}, None, ["a"]),
    Target("bare number", {"type": "number"}, None, 5),
    Target("bare union", {"oneOf": [{"type": "string"}, {"type": "integer"}]}, None, "a"),
]


@cache
def targets(cases: Path | None = None) -> list[Target]:
    """Give the schemas above, the project's cases, and those of a folder."""
    collected = [*own_cases(), *(read_cases(cases) if cases else [])]
    usable = [case for case in collected if not check_schema(case.schema)]
    return [*OWN, *(_target(case) for case in usable)]


def _target(case: Case) -> Target:
    return Target(case.name, case.schema, case.ui_schema, case.data if case.has_data else None)

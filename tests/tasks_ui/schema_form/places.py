"""The places where an author may say what is protected: each in the schema, and in its hints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

Json = dict[str, Any]
Laid = tuple[Json, Json, Callable[[Any], Any], str]
"""A schema, its hints, the data with a value at the protected place, and the way there."""

TEXT: Final = {"type": "string"}
NAME: Final = {"name": TEXT}


def under(value: Any) -> Any:
    return {"x": value}


IN_SCHEMA: Final[dict[str, Callable[[Json], Laid]]] = {
    "a property": lambda said: ({"properties": {"x": TEXT | said}}, {}, under, "/x"),
    "a reference": lambda said: (
        {"properties": {"x": {"$ref": "#/$defs/x"}}, "$defs": {"x": TEXT | said}},
        *({}, under, "/x"),
    ),
    "a reference to a reference": lambda said: (
        {
            "properties": {"x": {"$ref": "#/$defs/y"}},
            "$defs": {"y": {"$ref": "#/$defs/x"}, "x": TEXT | said},
        },
        *({}, under, "/x"),
    ),
    "beside a reference that says no": lambda said: (
        {
            "properties": {"x": {"$ref": "#/$defs/x"} | said},
            "$defs": {"x": {**TEXT, "readOnly": False, "writeOnly": False}},
        },
        *({}, under, "/x"),
    ),
    "the second of allOf": lambda said: (
        {"properties": {"x": {"allOf": [{**TEXT, "ui:widget": "text"}, said]}}},
        *({}, under, "/x"),
    ),
    "allOf of the whole": lambda said: (
        {"allOf": [{"properties": {"x": TEXT}}, {"properties": {"x": said}}]},
        *({}, under, "/x"),
    ),
    "then": lambda said: (
        {
            "properties": {"x": TEXT},
            "if": {"properties": {"x": {"minLength": 1}}, "required": ["x"]},
            "then": {"properties": {"x": said}},
        },
        *({}, under, "/x"),
    ),
    "else": lambda said: (
        {
            "properties": {"x": TEXT},
            "if": {"required": ["no"]},
            "else": {"properties": {"x": said}},
        },
        *({}, under, "/x"),
    ),
    "dependentSchemas": lambda said: (
        {"properties": {"x": TEXT}, "dependentSchemas": {"x": {"properties": {"x": said}}}},
        *({}, under, "/x"),
    ),
    "an alternative": lambda said: (
        {"properties": {"x": {"oneOf": [TEXT | said, {"type": "object", "properties": NAME}]}}},
        *({}, under, "/x"),
    ),
    "this or null": lambda said: (
        {"properties": {"x": {"anyOf": [TEXT | said, {"type": "null"}]}}},
        *({}, under, "/x"),
    ),
    "items": lambda said: (
        {"properties": {"x": {"type": "array", "items": TEXT | said}}},
        *({}, lambda value: {"x": [value]}, "/x/0"),
    ),
    "prefixItems": lambda said: (
        {"properties": {"x": {"type": "array", "prefixItems": [TEXT, TEXT | said]}}},
        *({}, lambda value: {"x": ["a", value]}, "/x/1"),
    ),
    "additionalItems": lambda said: (
        {
            "properties": {
                "x": {
                    "type": "array",
                    "items": [{"type": "integer"}],
                    "additionalItems": TEXT | said,
                }
            }
        },
        *({}, lambda value: {"x": [1, value]}, "/x/1"),
    ),
    "additionalProperties": lambda said: (
        {"additionalProperties": TEXT | said},
        *({}, under, "/~+0"),
    ),
    "patternProperties": lambda said: (
        {"patternProperties": {"^x": TEXT | said}},
        *({}, under, "/~+0"),
    ),
    "patternProperties of a listed name": lambda said: (
        {"properties": {"x": TEXT}, "patternProperties": {"^x": said}},
        *({}, under, "/x"),
    ),
    "the second patternProperties": lambda said: (
        {"allOf": [{"patternProperties": {"^a": {}}}, {"patternProperties": {"^x": TEXT | said}}]},
        *({}, under, "/~+0"),
    ),
    "the object around": lambda said: (
        {"properties": {"g": {"type": "object", "properties": {"x": TEXT}} | said}},
        *({}, lambda value: {"g": {"x": value}}, "/g/x"),
    ),
    "the list around": lambda said: (
        {"properties": {"x": {"type": "array", "items": TEXT} | said}},
        *({}, lambda value: {"x": [value]}, "/x/0"),
    ),
    "the choice around": lambda said: (
        {"properties": {"x": {"oneOf": [TEXT, {"type": "object", "properties": NAME}]} | said}},
        *({}, under, "/x"),
    ),
    "the whole": lambda said: (
        {"type": "object", "properties": {"x": TEXT}} | said,
        {},
        under,
        "/x",
    ),
    "a part that is shown as JSON": lambda said: (
        {"properties": {"x": {"type": "array", "items": {"anyOf": [TEXT | said]}, "maxItems": 1}}},
        *({}, lambda value: {"x": [value]}, "/x/0"),
    ),
}
IN_HINTS: Final[dict[str, Callable[[Json], Laid]]] = {
    "a property": lambda said: ({"properties": {"x": TEXT}}, {"x": said}, under, "/x"),
    "the whole": lambda said: ({"properties": {"x": TEXT}}, said, under, "/x"),
    "a nested property": lambda said: (
        {"properties": {"g": {"$ref": "#/$defs/g"}}, "$defs": {"g": {"properties": {"x": TEXT}}}},
        *({"g": {"x": said}}, lambda value: {"g": {"x": value}}, "/g/x"),
    ),
    "the object around": lambda said: (
        {"properties": {"g": {"properties": {"x": TEXT}}}},
        *({"g": said}, lambda value: {"g": {"x": value}}, "/g/x"),
    ),
    "items": lambda said: (
        {"properties": {"x": {"type": "array", "items": TEXT}}},
        *({"x": {"items": said}}, lambda value: {"x": [value]}, "/x/0"),
    ),
    "items of a tuple": lambda said: (
        {"properties": {"x": {"type": "array", "items": [TEXT]}}},
        *({"x": {"items": said}}, lambda value: {"x": [value]}, "/x/0"),
    ),
    "a list of items": lambda said: (
        {"properties": {"x": {"type": "array", "items": [TEXT, TEXT]}}},
        *({"x": {"items": [{}, said]}}, lambda value: {"x": ["a", value]}, "/x/1"),
    ),
    "prefixItems": lambda said: (
        {"properties": {"x": {"type": "array", "prefixItems": [TEXT, TEXT]}}},
        *({"x": {"prefixItems": [{}, said]}}, lambda value: {"x": ["a", value]}, "/x/1"),
    ),
    "items after prefixItems": lambda said: (
        {"properties": {"x": {"type": "array", "prefixItems": [TEXT], "items": TEXT}}},
        *({"x": {"prefixItems": [{}], "items": said}}, lambda value: {"x": ["a", value]}, "/x/1"),
    ),
    "additionalItems": lambda said: (
        {"properties": {"x": {"type": "array", "items": [TEXT], "additionalItems": TEXT}}},
        *({"x": {"additionalItems": said}}, lambda value: {"x": ["a", value]}, "/x/1"),
    ),
    "additionalItems beside items": lambda said: (
        {"properties": {"x": {"type": "array", "items": [TEXT], "additionalItems": TEXT}}},
        {"x": {"items": {"ui:help": "Y"}, "additionalItems": said}},
        *(lambda value: {"x": ["a", value]}, "/x/1"),
    ),
    "additionalProperties": lambda said: (
        {"additionalProperties": TEXT},
        *({"additionalProperties": said}, under, "/~+0"),
    ),
    "patternProperties": lambda said: (
        {"patternProperties": {"^x": TEXT}},
        *({"patternProperties": {"^x": said}}, under, "/~+0"),
    ),
    "patternProperties of a listed name": lambda said: (
        {"properties": {"x": TEXT}, "patternProperties": {"^x": {}}},
        *({"patternProperties": {"^x": said}}, under, "/x"),
    ),
    "an alternative": lambda said: (
        {"properties": {"x": {"oneOf": [{"type": "integer"}, TEXT]}}},
        *({"x": {"oneOf": [{}, said]}}, under, "/x"),
    ),
    "a property of an alternative": lambda said: (
        {"anyOf": [{"properties": NAME, "required": ["name"]}, {"properties": {"x": TEXT}}]},
        *({"anyOf": [{}, {"x": said}]}, under, "/x"),
    ),
    "an alternative of an alternative": lambda said: (
        {
            "properties": {
                "x": {"oneOf": [{"type": "null"}, {"anyOf": [{"type": "integer"}, TEXT]}, {}]}
            }
        },
        *({"x": {"oneOf": [{}, {"anyOf": [{}, said]}]}}, under, "/x"),
    ),
    "an alternative that another answer decides": lambda said: (
        {
            "properties": {"kind": {"enum": ["a", "b"]}},
            "oneOf": [
                {"properties": {"kind": {"const": "a"}}},
                {"properties": {"kind": {"const": "b"}, "x": TEXT}},
            ],
        },
        *({"oneOf": [{}, {"x": said}]}, lambda value: {"kind": "b", "x": value}, "/x"),
    ),
    "over hints in the schema": lambda said: (
        {"properties": {"x": TEXT | said}},
        {
            "x": {
                "ui:widget": "text",
                "ui:readonly": False,
                "ui:disabled": False,
                "ui:hidden": False,
            }
        },
        *(under, "/x"),
    ),
}

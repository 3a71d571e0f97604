"""What a form cannot tell apart is the same, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.equivalence import differences, excuses

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "const": {"const": 5},
        "asked": {"properties": {"how": {"default": "by day"}}},
        "fixed": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}]},
        "hidden": {"type": "string"},
        "read": {"type": "string", "readOnly": True},
        "rows": {"type": "array", "items": {"properties": {"shut": {"writeOnly": True}}}},
        "secret": {"$ref": "#/$defs/secret"},
        "set": {"type": "array", "uniqueItems": True},
    },
    "if": {"properties": {"far": {"const": True}}, "required": ["far"]},
    "then": {"properties": {"miles": {"type": "integer"}}},
    "$defs": {"secret": {"type": "string", "format": "password"}},
}
HIDDEN = {"hidden": {"ui:widget": "hidden"}}

SAME: list[tuple[Any, Any]] = [
    ({"a": ""}, {}),
    ({"a": None}, {}),
    ({"a": False}, {}),
    ({"a": {"b": {"c": ""}}}, {}),
    ({"a": [], "rows": ["", {}]}, {}),
    ({"a": 1.0}, {"a": 1}),
    ({"a": "x\r\ny"}, {"a": "x\ny"}),
    ({"a": "2026-01-01T12:00:00.5+01:00"}, {"a": "2026-01-01T11:00:00Z"}),
    ({"const": 5, "hidden": "x", "read": "x", "secret": "x"}, {}),
    ({"rows": [{"shut": 1, "a": 2}]}, {"rows": [{"a": 2}]}),
    ({"set": ["b", "a"]}, {"set": ["a", "b"]}),
    ({"fixed": ["a", ""]}, {"fixed": ["a"]}),
    ({"asked": {"how": "by day"}}, {}),
    ({"miles": 5}, {}),
    ({"a": "#AABBCC"}, {"a": "#aabbcc"}),
    ("", None),
]
DIFFERENT: list[tuple[Any, Any]] = [
    ({"a": 0}, {}),
    ({"asked": {"how": "by night"}}, {}),
    ({"far": True, "miles": 5}, {"far": True}),
    ({"a": True}, {"a": 1}),
    ({"a": "1"}, {"a": 1}),
    ({"a": " "}, {}),
    ({"a": "x\n"}, {"a": "x"}),
    ({"a": {"b": 1}}, {"a": {}}),
    ({"rows": [1, 2]}, {"rows": [2, 1]}),
    ({"fixed": ["", "a"]}, {"fixed": ["a"]}),
    ({"a": "2026-01-01T12:00:00Z"}, {"a": "2026-01-01T12:00:01Z"}),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_what_a_form_cannot_tell_apart_is_the_same(first: Any, second: Any) -> None:
    assert differences(SCHEMA, HIDDEN, first, second) == []
    assert differences(SCHEMA, HIDDEN, second, first) == []


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_everything_else_differs(first: Any, second: Any) -> None:
    assert differences(SCHEMA, HIDDEN, first, second)


def test_a_form_may_complain_only_where_something_cannot_be_told_from_nothing() -> None:
    data = {"a": {"b": ""}, "c": "x", "read": "x"}

    assert excuses(SCHEMA, None, data, "/a/b")
    assert excuses(SCHEMA, None, data, "/a")
    assert excuses(SCHEMA, None, data, "/read")
    assert not excuses(SCHEMA, None, data, "/c")

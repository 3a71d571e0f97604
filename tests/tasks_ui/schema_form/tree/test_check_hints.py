"""Hints that nobody hears are told, with the name that was meant; what protects is an error."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tasks_ui.gallery import examples
from tasks_ui.schema_form import SchemaForm, check_hints
from tasks_ui.schema_form.schema.hints import HINTS, Hints
from tasks_ui.schema_form.tree.control_for import AS_IT_IS, LOOKS
from tests.cases.reading import own_cases
from tests.tasks_ui.schema_form.places import IN_HINTS, IN_SCHEMA

TEXT = {"type": "string"}
SCHEMA: dict[str, Any] = {
    "properties": {
        "name": TEXT,
        "token": TEXT,
        "area": {"$ref": "#/$defs/area"},
        "rows": {"type": "array", "items": {"$ref": "#/$defs/area"}},
        "pair": {"type": "array", "prefixItems": [TEXT], "items": TEXT},
        "kind": {"oneOf": [TEXT, {"properties": {"deep": TEXT}}]},
        "open": {"additionalProperties": TEXT, "patternProperties": {"^x": TEXT}},
        "only": {"anyOf": [TEXT, {"type": "null"}]},
        "choice": {"oneOf": [{"const": 1}, {"const": 2}]},
    },
    "$defs": {"area": {"properties": {"town": TEXT}}},
}
PASSWORD = {"ui:widget": "password"}


def told(ui_schema: Any, schema: Any = SCHEMA) -> list[tuple[str, str, str]]:
    """Give number, place and name that was meant of each remark."""
    return [(one.code, one.pointer, one.meant) for one in check_hints(schema, ui_schema)]


@pytest.mark.parametrize(
    ("ui_schema", "remark"),
    [
        ({"name": {"ui:hlep": "x"}}, ("W001", "/name/ui:hlep", "ui:help")),
        ({"name": {"ui:style": {}}}, ("W001", "/name/ui:style", "")),
        (
            {"name": {"ui:options": {"rosw": 1, "helpp": 1}}},
            ("W001", "/name/ui:options/helpp", "ui:help"),
        ),
        ({"name": {"ui:disabled": "yes"}}, ("W001", "/name/ui:disabled", "")),
        ({"name": {"ui:widget": "textaera"}}, ("W002", "/name/ui:widget", "textarea")),
        ({"name": {"ui:widget": "slider"}}, ("W002", "/name/ui:widget", "")),
        ({"nmae": {"ui:help": "x"}}, ("W003", "/nmae", "name")),
        ({"area": {"twon": {"ui:help": "x"}}}, ("W003", "/area/twon", "town")),
        ({"rows": {"items": {"twon": {}}}}, ("W003", "/rows/items/twon", "town")),
        ({"kind": {"oneOf": [{}, {"depe": {}}]}}, ("W003", "/kind/oneOf/1/depe", "deep")),
        ({"ui:order": ["nmae", "*"]}, ("W003", "/ui:order", "name")),
        ({"name": {"ui:redonly": True}}, ("E001", "/name/ui:redonly", "ui:readonly")),
        ({"name": {"ui:disbled": True}}, ("E001", "/name/ui:disbled", "ui:disabled")),
        ({"name": {"ui:wigdet": "password"}}, ("E001", "/name/ui:wigdet", "ui:widget")),
        ({"name": {"ui:widget": "pasword"}}, ("E001", "/name/ui:widget", "password")),
        (
            {"name": {"ui:options": {"redonly": True}}},
            ("E001", "/name/ui:options/redonly", "ui:readonly"),
        ),
        ({"name": {"ui:options": {"type": "password"}}}, ("E001", "/name/ui:options/type", "")),
        ({"name": {"disabled": True}}, ("E001", "/name/disabled", "ui:disabled")),
        ({"tokne": PASSWORD}, ("E001", "/tokne", "token")),
        ({"area": {"twon": PASSWORD}}, ("E001", "/area/twon", "town")),
        ({"name": {"items": PASSWORD}}, ("E001", "/name/items", "")),
        ({"rows": {"additionalItems": PASSWORD}}, ("E001", "/rows/additionalItems", "")),
        ({"area": {"additionalProperties": PASSWORD}}, ("E001", "/area/additionalProperties", "")),
        (
            {"open": {"patternProperties": {"^y": PASSWORD}}},
            ("E001", "/open/patternProperties/^y", ""),
        ),
        ({"kind": {"oneOf": [{}, {}, PASSWORD]}}, ("E001", "/kind/oneOf/2", "")),
        ({"kind": {"anyOf": [PASSWORD]}}, ("E001", "/kind/anyOf/0", "")),
        ({"choice": {"oneOf": [PASSWORD]}}, ("E001", "/choice/oneOf/0", "")),
    ],
)
def test_what_is_not_heard_is_told(ui_schema: Any, remark: tuple[str, str, str]) -> None:
    assert told(ui_schema) == [remark]


@pytest.mark.parametrize(
    "ui_schema",
    [
        None,
        {"classNames": "x", "name": {"classNames": "x", "ui:options": {"backgroundColor": "red"}}},
        {"ui:title": "T", "ui:order": ["token", "*"], "ui:readonly": True},
        {"rows": {"items": {"town": PASSWORD}}, "pair": {"items": [PASSWORD]}},
        {"pair": {"prefixItems": [PASSWORD], "items": PASSWORD}, "only": {"anyOf": [PASSWORD, {}]}},
        {"pair": {"items": PASSWORD, "additionalItems": PASSWORD}},
        {
            "kind": {"oneOf": [PASSWORD, {"deep": PASSWORD}]},
            "open": {"additionalProperties": PASSWORD},
        },
        {"open": {"patternProperties": {"^x": PASSWORD}, "any name": PASSWORD}},
        {"name": {"ui:widget": "TextareaWidget", "ui:readOnly": False}},
    ],
)
def test_nothing_is_told_of_what_is_heard_or_belongs_to_others(ui_schema: Any) -> None:
    assert told(ui_schema) == []


@pytest.mark.parametrize("keyword", ["not", "if", "contains", "propertyNames"])
def test_what_protects_no_field_of_the_form_is_an_error(keyword: str) -> None:
    schema = {"properties": {"x": {keyword: {"properties": {"y": {"readOnly": True}}}}}}

    assert told(None, schema) == [("E001", f"/properties/x/{keyword}/properties/y", "")]


def test_hints_among_the_keywords_are_read_where_they_were_written() -> None:
    items = [{"ui:redonly": True}, {"ui:hlep": "x", "ui:errors": "Own words."}]
    schema = {"properties": {"x": {"items": items}}}

    assert sorted(told(None, schema)) == [
        ("E001", "/properties/x/items/0/ui:redonly", "ui:readonly"),
        ("W001", "/properties/x/items/1/ui:hlep", "ui:help"),
    ]
    assert told(None, {"type": "nonsense", "ui:hlep": "x"}) == []


def test_wherever_a_hint_protects_it_is_no_error() -> None:
    for place in (*IN_SCHEMA.values(), *IN_HINTS.values()):
        schema, ui_schema, _data, _way = place(PASSWORD)
        assert told(ui_schema, schema) == []


def test_the_projects_own_forms_are_heard_in_full() -> None:
    for case in own_cases():
        assert told(case.ui_schema, case.schema) == [], case.name
    assert len(examples()) > 10


def test_every_hint_is_read_somewhere_and_no_other_can_be() -> None:
    code = "".join(path.read_text() for path in Path("tasks_ui/schema_form").rglob("*.py"))
    code += Path("workflows/schemas/hints/protection.py").read_text()
    known = code.replace(code[code.index("HINTS: Final") : code.index("class Hints")], "")

    assert [name for name in HINTS if not re.search(f'"{name}"', known, re.IGNORECASE)] == []
    with pytest.raises(KeyError):
        Hints({"ui:colour": "red"}, {}).get("colour")


def test_every_look_makes_a_difference_and_no_other_does() -> None:
    parts: list[dict[str, Any]] = [
        {"type": "string"},
        {"type": "string", "maxLength": 900},
        {"type": "string", "format": "date"},
        {"type": "string", "enum": ["a", "b"]},
        {"type": "boolean"},
    ]

    def shown(look: str) -> list[str]:
        forms = (
            SchemaForm({"properties": {"x": part}, "required": [] if at % 2 else ["x"]}, said)
            for at, part in enumerate([*parts, *reversed(parts)])
            for said in ({"x": {"ui:widget": look}} if look else {},)
        )
        return [form.render() for form in forms]

    plain = shown("")
    parts.append({"type": "string", "format": "data-url"})
    with_file = shown("")
    assert [look for look in LOOKS - AS_IT_IS if shown(look) == with_file] == []
    parts.pop()
    assert [
        look for look in (*AS_IT_IS, "range", "slider", "pasword") if shown(look) != plain
    ] == []

"""Which fields a form can have, whatever is filled in."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tasks_ui.schema_form.schema.possible import can_have
from workflows.schemas import document

TEXT: Final = {"type": "string"}
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "plain": TEXT,
        "a/b~": TEXT,
        "odd\nname": TEXT,
        "person": {"$ref": "#/$defs/person"},
        "rows": {"type": "array", "items": {"$ref": "#/$defs/person"}},
        "pair": {"prefixItems": [TEXT, {"properties": {"second": TEXT}}]},
        "map": {"type": "object", "additionalProperties": {"properties": {"inside": TEXT}}},
        "decision": TEXT,
    },
    "if": {"properties": {"plain": {"const": "x"}}},
    "then": {"properties": {"why": TEXT}},
    "oneOf": [{"properties": {"card": TEXT}}, {"properties": {"cash": TEXT}}],
    "dependentSchemas": {"plain": {"properties": {"more": TEXT}}},
    "$defs": {
        "person": {
            "properties": {"name": TEXT, "friends": {"items": {"$ref": "#/$defs/person"}}},
        }
    },
}


@pytest.mark.parametrize(
    "name",
    [
        *("d/plain", "d/a~1b~0", "d/odd~x0Aname", "d/person/name", "s/plain", "p/person"),
        *("r/rows", "d/rows/n1/name", "d/rows/0/friends/n2/friends/n1/name", "d/pair/1/second"),
        *("d/map/~+n1/inside", "k/map/n1", "r/map", "d/why", "d/card", "d/cash", "d/more"),
    ],
)
def test_what_an_answer_can_bring_up_is_a_field(name: str) -> None:
    assert can_have(document(SCHEMA).root, name)


@pytest.mark.parametrize(
    "name",
    [
        *("d/other", "d/plain/x", "d/person/age", "d/rows/name", "d/rows/n1/age", "d/decision"),
        *("d/map/inside", "k/person/n1", "d/~+n1", "d/", "d//plain", "d/plain/"),
    ],
)
def test_everything_else_is_none(name: str) -> None:
    assert not can_have(document(SCHEMA).root, name, frozenset({"decision"}))

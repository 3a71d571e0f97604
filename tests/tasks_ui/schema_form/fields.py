"""Schemas of every kind that has a field, and data that fits them, for Hypothesis to combine."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

Field = tuple[dict[str, Any], st.SearchStrategy[Any]]
"""A schema and its data."""

# What every database stores.
LETTERS = st.characters(codec="utf-8", exclude_characters="\x00")
TEXT = st.text(LETTERS, max_size=20)
NAMES = st.text(LETTERS, max_size=6)
WHOLE = st.integers(-(10**30), 10**30)
NUMBERS = WHOLE | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
MOMENTS = st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
OFFERED = ["a", 1, "1", True, None, 1.5, "", {"k": [1]}]

FIELDS: list[Field] = [
    ({"type": "string"}, TEXT),
    ({"type": "string", "maxLength": 500}, TEXT),
    ({"type": ["string", "null"]}, TEXT | st.none()),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, TEXT | st.none()),
    ({"type": "string", "format": "date"}, st.dates().map(str)),
    ({"type": "string", "format": "time"}, st.times().map(str)),
    ({"type": "string", "format": "date-time"}, MOMENTS),
    ({"type": "string", "enum": ["x", "y", "z"]}, st.sampled_from(["x", "y", "z"])),
    ({"enum": OFFERED}, st.sampled_from(OFFERED)),
    ({"oneOf": [{"const": n, "title": f"No. {n}"} for n in range(3)]}, st.integers(0, 2)),
    ({"type": "integer"}, WHOLE),
    ({"type": ["integer", "null"]}, WHOLE | st.none()),
    ({"type": "number"}, NUMBERS),
    ({"type": "boolean"}, st.booleans()),
    ({"type": ["boolean", "null"]}, st.booleans() | st.none()),
    (
        {"type": "array", "items": {"enum": list(string.ascii_lowercase)}, "uniqueItems": True},
        st.lists(st.sampled_from(string.ascii_lowercase), unique=True, max_size=5),
    ),
    ({"type": "array", "items": {}}, st.lists(VALUES, max_size=3)),
    ({"const": "fixed"}, st.just("fixed")),
    ({"type": "string", "readOnly": True}, TEXT),
    ({}, VALUES),
]


@st.composite
def forms(draw: st.DrawFn, depth: int = 1) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a schema of an object and data that fits it."""
    names = draw(st.lists(NAMES, unique=True, max_size=4))
    properties: dict[str, Any] = {}
    data: dict[str, Any] = {}
    required: list[str] = []
    for name in names:
        if depth and draw(st.integers(0, 4)) == 0:
            properties[name], value = draw(forms(depth - 1))
        else:
            properties[name], values = draw(st.sampled_from(FIELDS))
            value = draw(values)
        always = draw(st.booleans())
        required += [name] if always else []
        # A box cannot tell false from nothing: what has one is always there.
        if always or properties[name].get("type") == "boolean" or draw(st.booleans()):
            data[name] = value
    return {"type": "object", "properties": properties, "required": required}, data

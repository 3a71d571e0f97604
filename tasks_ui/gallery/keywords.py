"""Which keywords a schema and its hints use, named as authors write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

OF_SCHEMAS: Final = frozenset(
    {
        *("$defs", "definitions", "dependencies", "dependentSchemas"),
        *("patternProperties", "properties"),
    }
)
"""Keywords with a schema for each of many names."""
OF_VALUES: Final = frozenset({"const", "default", "discriminator", "enum", "examples"})
"""Keywords with data, in which nothing is a keyword."""
TELLING: Final = frozenset({"contentEncoding", "contentMediaType", "format", "ui:widget"})
"""Keywords whose values say what becomes of them."""


def keywords_in(schema: Any, ui_schema: Any = None) -> frozenset[str]:
    """Give the keywords; `format: date` where the value matters as much as the keyword."""
    return frozenset(_in_schema(schema)) | frozenset(_in_hints(ui_schema))


def _in_schema(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for part in schema:
            yield from _in_schema(part)
    elif isinstance(schema, dict):
        for keyword, value in schema.items():
            yield from _named(keyword, value)
            if keyword in OF_SCHEMAS and isinstance(value, dict):
                yield from _in_schema(list(value.values()))
            elif keyword not in OF_VALUES:
                yield from _in_schema(value)


def _in_hints(hints: Any) -> Iterator[str]:
    for name, value in hints.items() if isinstance(hints, dict) else ():
        if name.startswith("ui:"):
            yield from _named(name, value)
        else:
            yield from _in_hints(value)


def _named(keyword: str, value: Any) -> Iterator[str]:
    if keyword == "type":
        kinds = value if isinstance(value, list) else [value]
        yield from (f"type: {kind}" for kind in kinds)
        if isinstance(value, list):
            yield "type: [...]"
    elif keyword in TELLING:
        yield from (keyword, f"{keyword}: {value}")
    else:
        yield keyword

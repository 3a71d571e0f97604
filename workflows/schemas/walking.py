"""Every schema inside a document, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from workflows.schemas import pointers
from workflows.schemas.references import Place

SINGLE: Final = (
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
LISTS: Final = ("allOf", "anyOf", "items", "oneOf", "prefixItems")
MAPS: Final = (
    "$defs",
    "definitions",
    "dependencies",
    "dependentSchemas",
    "patternProperties",
    "properties",
)


def schemas_in(root: Place) -> Iterator[tuple[str, Place]]:
    """Yield every schema of the document once, the root first."""
    waiting: list[tuple[str, Place]] = [("", root)]
    while waiting:
        pointer, place = waiting.pop()
        yield pointer, place
        waiting += [
            (pointer + pointers.join(way), place.inside(part))
            for way, part in _parts(place.keywords)
            if isinstance(part, dict | bool)
        ]


def _parts(keywords: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    for keyword in SINGLE:
        if keyword in keywords:
            yield (keyword,), keywords[keyword]
    for keyword in LISTS:
        if isinstance(keywords.get(keyword), list):
            for number, part in enumerate(keywords[keyword]):
                yield (keyword, number), part
    for keyword in MAPS:
        if isinstance(keywords.get(keyword), dict):
            for name, part in keywords[keyword].items():
                yield (keyword, name), part

"""Every schema inside a document, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from workflows.schemas import pointers
from workflows.schemas.references import Place

SINGLE: Final = (
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
LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
MAPS: Final = ("$defs", "definitions", "dependentSchemas", "patternProperties", "properties")


def schemas_in(root: Place) -> Iterator[tuple[str, Place]]:
    """Yield every schema of the document once, the root first."""
    waiting: list[tuple[str, Place]] = [("", root)]
    while waiting:
        pointer, place = waiting.pop()
        yield pointer, place
        waiting += [
            (pointer + pointers.join(way), place.inside(part))
            for way, part in parts_of(place.keywords)
        ]


def parts_of(keywords: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield the schemas right inside one, each with the way that leads there."""
    for way, part in _candidates(keywords):
        if isinstance(part, dict | bool):
            yield way, part


def _candidates(keywords: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
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

"""Every schema inside a document, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote

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
    """Yield every schema of the document once, the root first.

    What only a reference makes a schema of comes last, with what is inside of it.
    """
    return _walk(root, [])


def strays_in(root: Place) -> list[tuple[str, Place]]:
    """Give the schemas that only a reference makes schemas of."""
    strays: list[tuple[str, Place]] = []
    for _every in _walk(root, strays):
        pass
    return strays


def local_target(reference: Any) -> str | None:
    """Give the pointer that a reference within its document leads to; None for any other."""
    is_local = isinstance(reference, str) and reference.startswith("#/")
    return unquote(reference[1:]) if is_local else None


def _walk(root: Place, strays: list[tuple[str, Place]]) -> Iterator[tuple[str, Place]]:
    seen: set[int] = set()
    starts = [("", root)]
    while starts:
        start = starts.pop()
        if id(start[1].schema) in seen:
            continue
        if seen:
            strays.append(start)
        met = list(_inside(start, seen))
        yield from met
        starts += [target for _pointer, place in met for target in _targets(place)]


def _inside(start: tuple[str, Place], seen: set[int]) -> Iterator[tuple[str, Place]]:
    waiting = [start]
    while waiting:
        pointer, place = waiting.pop()
        if id(place.schema) in seen:
            continue
        if isinstance(place.schema, dict):
            seen.add(id(place.schema))
        yield pointer, place
        waiting += [
            (pointer + pointers.join(way), place.inside(part))
            for way, part in parts_of(place.keywords)
        ]


def _targets(place: Place) -> Iterator[tuple[str, Place]]:
    pointer = local_target(place.keywords.get("$ref"))
    if pointer:
        try:
            target = place.target()
        except LookupError:
            return
        if target is not None and isinstance(target.schema, dict):
            yield pointer, target


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

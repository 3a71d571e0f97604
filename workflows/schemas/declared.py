"""Which top-level properties a schema declares, so that only these are taken from what is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from workflows.schemas.documents import Document
from workflows.schemas.programs import document
from workflows.schemas.references import Place

IN_PLACE: Final = (
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "then",
    "else",
    "dependentSchemas",
)


def declared_properties(schema: Any) -> frozenset[str]:
    """Give the names of the properties that the schema declares for the whole.

    References, parts (`allOf`), alternatives and conditions count; names that only fit a pattern
    do not.
    """
    return _declared(document(schema))


def pick_declared(schema: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the part of the data whose names the schema declares."""
    names = declared_properties(schema)
    return {name: value for name, value in data.items() if name in names}


def names_in(root: Place) -> frozenset[str]:
    """Give the names of the properties that a schema and its parts declare for one value."""
    return frozenset(name for place in speaking([root]) for name in place.properties)


def speaking(places: Iterable[Place]) -> list[Place]:
    """Give schemas of one value with all their parts that may speak of it, each once."""
    found: dict[int, Place] = {}
    waiting = [*places]
    while waiting:
        place = waiting.pop()
        if id(place.schema) in found:
            continue
        found[id(place.schema)] = place
        waiting += place.parts_in_place(*IN_PLACE)
        target = place.target()
        waiting += [target] if target else []
    return [*found.values()]


def title_at(root: Place, way: Sequence[str | int]) -> str:
    """Give the title that a schema has for what is found this way; empty where it has none."""
    places = [root]
    for step in way:
        speakers = speaking(places)
        if isinstance(step, str):
            places = [p.inside(p.properties[step]) for p in speakers if step in p.properties]
        else:
            places = [part for p in speakers for part in p.parts_in_place("items")]
    titles = (place.keywords.get("title") for place in places)
    return next((title for title in titles if isinstance(title, str)), "")


@lru_cache(maxsize=1_000)
def _declared(loaded: Document) -> frozenset[str]:
    return names_in(loaded.root)

"""What nobody may see again: values that a schema says are only ever written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from workflows.schemas.declared import speaking
from workflows.schemas.documents import Document
from workflows.schemas.patterns import found_in
from workflows.schemas.problems import UnusableSchema
from workflows.schemas.programs import document
from workflows.schemas.references import Place
from workflows.schemas.walking import schemas_in

SECRET: Final = {"$secret": True}
"""Stands where a value was that is kept from readers."""
NOTHING: Final = (None, "")


def conceal(schema: Any, data: Any) -> Any:
    """Give data without what nobody may see again: `writeOnly`, and text of the format `password`.

    Every part of the schema that may speak of a value counts, also an alternative that the value
    does not fit. Of a schema that is refused nothing is known, and the data stay as they are.
    """
    try:
        known = document(schema)
    except UnusableSchema:
        return data
    return _concealed([known.root], data) if _has_secrets(known) else data


@lru_cache(maxsize=1_000)
def _has_secrets(known: Document) -> bool:
    return any(is_secret(place.keywords) for _pointer, place in schemas_in(known.root))


def is_secret(keywords: Mapping[str, Any]) -> bool:
    """Whether a schema says that its value is only ever written."""
    return keywords.get("writeOnly") is True or keywords.get("format") == "password"


def _concealed(places: Sequence[Place], value: Any) -> Any:
    known = speaking(places)
    if value not in NOTHING and any(is_secret(place.keywords) for place in known):
        return SECRET
    if isinstance(value, dict):
        return {name: _concealed([*_of_name(known, name)], part) for name, part in value.items()}
    if isinstance(value, list):
        return [_concealed([*_of_item(known, at)], part) for at, part in enumerate(value)]
    return value


def _of_name(known: Sequence[Place], name: str) -> Iterator[Place]:
    for place in known:
        if name in place.properties:
            yield place.inside(place.properties[name])
        else:
            yield from place.parts_in_place("additionalProperties")
        for pattern, schema in place.keywords.get("patternProperties", {}).items():
            if found_in(pattern, name):
                yield place.inside(schema)


def _of_item(known: Sequence[Place], at: int) -> Iterator[Place]:
    for place in known:
        first = place.keywords.get("prefixItems", ())
        if at < len(first):
            yield place.inside(first[at])
        else:
            yield from place.parts_in_place("items")

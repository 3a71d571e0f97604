"""Which schemas speak about which parts of some data, alternatives and conditions among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from workflows.schemas import Document, Place, holds
from workflows.schemas.patterns import any_found_in
from workflows.schemas.pointers import child

ALWAYS: Final = ("allOf", "if")
ALTERNATIVES: Final = ("anyOf", "oneOf")
MAPS: Final = ("dependentSchemas", "dependencies")
MOST: Final = 5_000
"""How many are told: enough for every form, and an end for those that contain themselves."""


@dataclass(frozen=True)
class Saying:
    """A schema that speaks about a value."""

    pointer: str
    value: Any
    place: Place
    ui_schema: Any
    applies: bool = True
    """Whether it is not of a branch or an alternative that the data do not take."""


def sayings(whole: Document, ui_schema: Any, data: Any) -> Iterator[Saying]:
    """Yield every schema that may have a say, with the value that it is about."""
    waiting = [Saying("", data, whole.root, ui_schema)]
    seen: set[tuple[str, int, bool]] = set()
    for _count in range(MOST):
        if not waiting:
            return
        saying = waiting.pop()
        key = (saying.pointer, id(saying.place.schema), saying.applies)
        if key not in seen:
            seen.add(key)
            yield saying
            waiting += [*_here(saying, whole), *_inside(saying)]


def _here(saying: Saying, whole: Document) -> Iterator[Saying]:
    """Yield what the schema's parts say about the same value."""
    place = saying.place
    targets = (place.target(name) for name in ("$ref", "$dynamicRef", "$recursiveRef"))
    for part in [*place.parts_in_place(*ALWAYS), *(target for target in targets if target)]:
        yield replace(saying, place=part)
    for keyword in ALTERNATIVES:
        parts = [*place.parts_in_place(keyword)]
        fitting = [part for part in parts if holds(whole, part, saying.value)]
        for part in parts:
            yield replace(saying, place=part, applies=saying.applies and part in fitting)
    conditions = [*place.parts_in_place("if")]
    taken = "then" if all(holds(whole, part, saying.value) for part in conditions) else "else"
    for branch in ("then", "else"):
        for part in place.parts_in_place(branch) if "if" in place.keywords else ():
            yield replace(saying, place=part, applies=saying.applies and branch == taken)
    present = saying.value if isinstance(saying.value, dict) else {}
    for keyword in MAPS:
        for name, schema in place.keywords.get(keyword, {}).items():
            if isinstance(schema, dict | bool):
                applies = saying.applies and name in present
                yield replace(saying, place=place.inside(schema), applies=applies)


def _inside(saying: Saying) -> Iterator[Saying]:
    if isinstance(saying.value, dict):
        for name, value in saying.value.items():
            for schema in about_property(saying.place.keywords, name):
                yield _part(saying, name, value, schema)
    elif isinstance(saying.value, list):
        for number, value in enumerate(saying.value):
            for schema in about_item(saying.place.keywords, number):
                yield _part(saying, number, value, schema)


def _part(saying: Saying, key: str | int, value: Any, schema: Any) -> Saying:
    hints = saying.ui_schema if isinstance(saying.ui_schema, dict) else {}
    within = hints.get(key if isinstance(key, str) else "items")
    place = saying.place.inside(schema)
    return Saying(child(saying.pointer, key), value, place, within, saying.applies)


def about_property(keywords: dict[str, Any], name: str) -> Iterator[Any]:
    """Yield what an object's schema says about one property."""
    known, patterns = keywords.get("properties", {}), keywords.get("patternProperties", {})
    if name in known:
        yield known[name]
    matching = [schema for pattern, schema in patterns.items() if any_found_in([pattern], name)]
    yield from matching
    if name not in known and not matching and "additionalProperties" in keywords:
        yield keywords["additionalProperties"]


def about_item(keywords: dict[str, Any], number: int) -> Iterator[Any]:
    """Yield what an array's schema says about one item."""
    items = keywords.get("items")
    first = items if isinstance(items, list) else keywords.get("prefixItems", [])
    rest = keywords.get("additionalItems") if isinstance(items, list) else items
    if number < len(first):
        yield first[number]
    elif isinstance(rest, dict | bool):
        yield rest

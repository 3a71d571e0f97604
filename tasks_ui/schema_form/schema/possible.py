"""Which fields a form can have at all, whatever is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tasks_ui.schema_form.posted.field_names import KEY, PAIR, inside
from workflows.schemas import Place
from workflows.schemas.declared import speaking

_ROW: Final = re.compile(r"n?[0-9]+")
_ITEMS: Final = ("items", "contains", "unevaluatedItems")
_OF_ANY_NAME: Final = ("additionalProperties", "unevaluatedProperties")


def can_have(root: Place, name: str, left_out: frozenset[str] = frozenset()) -> bool:
    """Whether an answer could bring up a field that is called like this.

    Args:
        root: the schema of the whole.
        name: what the field posts as.
        left_out: properties of the whole that no field asks for.
    """
    letter, *steps = name.split("/")
    if letter == KEY and steps:
        steps[-1] = PAIR + steps[-1]
    if steps and f"/{steps[0]}" in {inside("", one) for one in left_out}:
        return False
    places = [root]
    for step in steps:
        places = [found for place in speaking(places) for found in _under(place, step)]
        if not places:
            return False
    return True


def _under(place: Place, step: str) -> Iterator[Place]:
    """Yield what a schema says of what is under a name, or in a row."""
    for name, schema in place.properties.items():
        if inside("", name) == f"/{step}":
            yield place.inside(schema)
    if _ROW.fullmatch(step):
        yield from place.parts_in_place(*_ITEMS)
        for schema in _listed(place, "prefixItems"):
            yield place.inside(schema)
    if step.startswith(PAIR):
        yield from place.parts_in_place(*_OF_ANY_NAME)
        patterns = place.keywords.get("patternProperties")
        for schema in patterns.values() if isinstance(patterns, dict) else ():
            yield place.inside(schema)


def _listed(place: Place, keyword: str) -> list[object]:
    found = place.keywords.get(keyword)
    return found if isinstance(found, list) else []

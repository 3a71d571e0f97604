"""What is protected inside of a value that is shown as a whole, or whose parts people add."""

from __future__ import annotations

from typing import Final

from tasks_ui.schema_form.schema.children import (
    hints_of_item,
    hints_of_name,
    items_of,
    place_of_any,
)
from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.resolved import Outlook
from workflows.schemas import Place
from workflows.schemas.hints.protection import Protection, protection_anywhere, protection_of
from workflows.schemas.walking import parts_of

ELSEWHERE: Final = frozenset(
    {
        *("$defs", "definitions", "not", "if", "contains", "propertyNames", "contentSchema"),
        *("unevaluatedItems", "unevaluatedProperties"),
    }
)
"""Keywords with schemas that describe no field: what they say of its look is not heard."""


def protected_inside(outlook: Outlook, hints: Hints) -> Protection:
    """Give all that is protected in a value, at whatever place of it."""
    return outlook.place.once(_in_schema) | protection_anywhere(hints.ui_schema)


def protection_of_rows(outlook: Outlook, hints: Hints) -> Protection:
    """Give what is protected of every row of an array."""
    first, rest = items_of(outlook)
    if rest is None:
        return Protection.NONE
    said = hints_of_item(hints, len(first), len(first))
    return Outlook(rest).protection | protection_of(said)


def protection_of_pairs(outlook: Outlook, hints: Hints) -> Protection:
    """Give what is protected of every value under a name that people give."""
    said = hints_of_name(hints, outlook, "")
    return Outlook(place_of_any(outlook, "")).protection | protection_of(said)


def _in_schema(place: Place) -> Protection:
    found, seen, waiting = Protection.NONE, set(), [place]
    while waiting:
        current = waiting.pop()
        if id(current.schema) in seen:
            continue
        seen.add(id(current.schema))
        found |= protection_of(current.keywords)
        target = current.target()
        waiting += [target] if target else []
        parts = parts_of(current.keywords)
        waiting += [current.inside(part) for way, part in parts if way[0] not in ELSEWHERE]
    return found

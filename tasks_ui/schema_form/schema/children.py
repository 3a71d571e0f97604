"""Which schema, and which hints, a part of a value has: an item of an array, or a name's value."""

from __future__ import annotations

from typing import Any

from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.resolved import Outlook
from workflows.schemas import Place, found_in


def items_of(outlook: Outlook) -> tuple[list[Place], Place | None]:
    """Give the schemas of the first items, and the one of all further ones."""
    first = outlook.keywords.get("prefixItems", ())
    rest = outlook.keywords.get("items")
    described = outlook.inside("items", rest) if isinstance(rest, dict) and rest else None
    return [outlook.inside("prefixItems", schema) for schema in first], described


def hints_of_item(hints: Hints, at: int) -> Any:
    """Give the UI schema of an item."""
    inside = hints.inside("items")
    if isinstance(inside, list):
        return inside[at] if at < len(inside) else hints.inside("additionalItems")
    return inside


def takes_any_name(outlook: Outlook) -> bool:
    """Whether an object says what to make of names that it does not list."""
    rest = outlook.keywords.get("additionalProperties")
    return rest is True or isinstance(rest, dict) or bool(outlook.keywords.get("patternProperties"))


def place_of_any(outlook: Outlook, name: str) -> Place:
    """Give the schema of what is filed under a name that is none of the properties."""
    patterns = outlook.keywords.get("patternProperties") or {}
    for pattern, schema in patterns.items():
        if found_in(pattern, name):
            return outlook.inside("patternProperties", schema)
    rest = outlook.keywords.get("additionalProperties")
    if isinstance(rest, dict):
        return outlook.inside("additionalProperties", rest)
    first = next(iter(patterns.values()), None)
    if first is not None and not name:
        return outlook.inside("patternProperties", first)
    return outlook.place.beside({})


def hints_of_any(hints: Hints) -> Any:
    """Give the UI schema of what is filed under names that are none of the properties."""
    return hints.inside("additionalProperties")

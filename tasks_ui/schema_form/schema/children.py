"""Which schema, and which hints, a part of a value has: an item of an array, or a name's value."""

from __future__ import annotations

from typing import Any, Final

from tasks_ui.schema_form.schema.hints import Hints
from tasks_ui.schema_form.schema.resolved import Outlook
from workflows.schemas import Place, found_in
from workflows.schemas.hints import inside

OF_OPTIONS: Final = ("enumNames", "enumDisabled", "enumOrder")


def items_of(outlook: Outlook) -> tuple[list[Place], Place | None]:
    """Give the schemas of the first items, and the one of all further ones."""
    first = outlook.keywords.get("prefixItems", ())
    rest = outlook.keywords.get("items")
    described = outlook.inside("items", rest) if isinstance(rest, dict) and rest else None
    return [outlook.inside("prefixItems", schema) for schema in first], described


def hints_of_item(hints: Hints, at: int, places: int) -> Any:
    """Give the UI schema of an item, of an array with so many places of their own."""
    own = inside.hints_of_item(hints.ui_schema, at, places)
    is_listed = isinstance(hints.inside("items"), list)
    return own if is_listed else {**_of_options(hints), **own}


def hints_of_options(hints: Hints) -> Any:
    """Give the UI schema of items that have options: of these the array may speak as well."""
    own = hints.inside("items")
    return {**_of_options(hints), **(own if isinstance(own, dict) else {})}


def _of_options(hints: Hints) -> dict[str, Any]:
    return {f"ui:{name}": value for name in OF_OPTIONS if (value := hints.get(name)) is not None}


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


def hints_of_name(hints: Hints, outlook: Outlook, name: str) -> Any:
    """Give the UI schema of what is filed under a name, whoever gave it."""
    return inside.hints_of_name(hints.ui_schema, name, is_listed=name in outlook.properties)


def places_of_name(outlook: Outlook, name: str) -> list[Place]:
    """Give the schemas of a property: its own, and those for names like it."""
    patterns = outlook.keywords.get("patternProperties") or {}
    found = (schema for pattern, schema in patterns.items() if found_in(pattern, name))
    return [
        *outlook.properties[name],
        *(outlook.inside("patternProperties", one) for one in found),
    ]

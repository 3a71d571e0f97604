"""Where in a UI schema the hints for a part of a value stand: a name's, an item's, a choice's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflows.schemas.patterns import PatternError, found_in


def hints_of_name(ui_schema: dict[str, Any], name: str, *, is_listed: bool) -> dict[str, Any]:
    """Give the hints for the value under a name; its own go before those of a pattern.

    Those for any name are for names that no schema lists.
    """
    own, found = ui_schema.get(name), list(_by_pattern(ui_schema, name))
    rest = ui_schema.get("additionalProperties")
    if not is_listed and not found and isinstance(rest, dict):
        found = [rest]
    for one in found:
        own = merged(one, own if isinstance(own, dict) else {})
    return own if isinstance(own, dict) else {}


def hints_of_item(ui_schema: dict[str, Any], at: int, places: int) -> dict[str, Any]:
    """Give the hints for an item, of an array in which so many places are described singly."""
    first, rest = ui_schema.get("prefixItems"), ui_schema.get("items")
    if first is None:
        first, rest = rest, ui_schema.get("additionalItems", rest)
    if isinstance(first, list):
        found = first[at] if at < len(first) else rest if at >= places else None
    else:
        found = first if at < places else rest
    return found if isinstance(found, dict) else {}


def hints_of_alternative(ui_schema: dict[str, Any], keyword: str, number: int) -> dict[str, Any]:
    """Give the hints for a value of which this alternative was chosen, and those for any."""
    listed = ui_schema.get(keyword)
    if not isinstance(listed, list):
        return ui_schema
    own = listed[number] if number < len(listed) else None
    any_ = {name: inner for name, inner in ui_schema.items() if name != keyword}
    return merged(any_, own) if isinstance(own, dict) else any_


def alternatives_in(ui_schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the hints for the alternatives of a value, and for theirs."""
    for keyword in ("oneOf", "anyOf"):
        listed = ui_schema.get(keyword)
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict):
                yield one
                yield from alternatives_in(one)


def merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Give the hints of both; where they differ, the second."""
    both = {**first, **second}
    for name in first.keys() & second.keys():
        if isinstance(first[name], dict) and isinstance(second[name], dict):
            both[name] = merged(first[name], second[name])
    return both


def _by_pattern(ui_schema: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    patterns = ui_schema.get("patternProperties")
    for pattern, inner in patterns.items() if isinstance(patterns, dict) else ():
        try:
            if isinstance(inner, dict) and found_in(pattern, name):
                yield inner
        except PatternError:
            continue  # Such a pattern stands in no schema, which is what a check says.

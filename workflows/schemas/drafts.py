"""Which draft of JSON Schema a document is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from jsonschema import (
    Draft4Validator,
    Draft6Validator,
    Draft7Validator,
    Draft201909Validator,
    Draft202012Validator,
)
from referencing import Specification
from referencing.jsonschema import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012


@dataclass(frozen=True)
class Draft:
    """One version of the language: its rules for references and its plain validator."""

    specification: Specification
    validator: Any


NEWEST: Final = Draft(DRAFT202012, Draft202012Validator)
WITH_LISTS_OF_ITEMS: Final = Draft(DRAFT7, Draft7Validator)
DRAFTS: Final = {
    "http://json-schema.org/draft-04/schema": Draft(DRAFT4, Draft4Validator),
    "http://json-schema.org/draft-06/schema": Draft(DRAFT6, Draft6Validator),
    "http://json-schema.org/draft-07/schema": WITH_LISTS_OF_ITEMS,
    "https://json-schema.org/draft/2019-09/schema": Draft(DRAFT201909, Draft201909Validator),
    "https://json-schema.org/draft/2020-12/schema": NEWEST,
}


def draft_of(schema: Any) -> Draft | None:
    """Give the draft that the schema names, or else seems to use; None when nobody knows it."""
    named = schema.get("$schema") if isinstance(schema, dict) else None
    if isinstance(named, str):
        found = DRAFTS.get(named.rstrip("#"))
    elif named is not None:
        found = None
    else:
        found = WITH_LISTS_OF_ITEMS if _has_list_of_items(schema) else NEWEST
    return found


def _has_list_of_items(schema: Any) -> bool:
    """Whether tuples are written the old way, which the newest draft no longer knows."""
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if isinstance(part.get("items"), list):
                return True
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return False

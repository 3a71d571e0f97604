"""What is JSON, and how much of it: nothing deeper, larger or stranger reaches the validator."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflows.schemas import pointers

MAX_DEPTH: Final = 64
"""How many objects and lists may lie inside one another, in schemas and in data."""
MAX_CHARACTERS: Final = 1_000_000
"""How long all texts of one document may be together."""
MAX_VALUES: Final = 50_000
"""How many values one document may hold."""
MAX_DIGITS: Final = 400
"""What is longer costs time to read and to write."""
MAX_BITS: Final = 1_330
"""As much as so many digits."""

Trail = tuple[Any, Any] | None
"""The key that leads to a value, after the trail to what contains it."""

Text = str | Promise
"""A message that is translated when it is shown."""

HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters, which stand for nothing alone."""

NOT_JSON = _("This is not a JSON value.")
NOT_A_NAME = _("The name of a field must be text.")
NOT_A_NUMBER = _("Enter a number.")
NULL_CHARACTER = _("Null characters are not allowed.")
BROKEN_TEXT = _("This contains characters that cannot be stored.")
NUMBER_TOO_LARGE = _("The number is too large.")
TOO_DEEP = _("This is nested too deeply.")
TOO_MANY = _("There are too many values.")
TOO_LONG = _("This is too long.")


@dataclass
class Size:
    """How much of its limits a document has used up."""

    values: int = 0
    characters: int = 0


def faults(document: Any, *, lazy: bool = False) -> Iterator[tuple[str, Text]]:
    """Yield the pointer and message of each value that may not be there.

    Args:
        document: what should be JSON.
        lazy: texts that are translated later count as text, as in schemas.

    It stops at the first limit: what comes after is not looked at.
    """
    size = Size()
    waiting: list[tuple[Trail, Any, int]] = [(None, document, 0)]
    while waiting:
        trail, value, depth = waiting.pop()
        if lazy and isinstance(value, Promise):
            value = str(value)
        excess = _excess(value, depth, size)
        if excess:
            yield _pointer(trail), excess
            return
        problem = _problem(value)
        if problem:
            yield _pointer(trail), problem
        elif isinstance(value, dict):
            waiting += [((trail, name), part, depth + 1) for name, part in value.items()]
        elif isinstance(value, list):
            waiting += [((trail, n), part, depth + 1) for n, part in enumerate(value)]


def _pointer(trail: Trail) -> str:
    keys: list[str | int] = []
    while trail is not None:
        trail, key = trail
        keys.append(key)
    return pointers.join(reversed(keys))


def _excess(value: Any, depth: int, size: Size) -> Text:
    """Say what is too much once this value is counted; empty while nothing is."""
    size.values += 1
    if isinstance(value, str):
        size.characters += len(value)
    elif isinstance(value, dict):
        size.characters += sum(len(name) for name in value if isinstance(name, str))
    if depth > MAX_DEPTH:
        return TOO_DEEP
    if size.values + (len(value) if isinstance(value, dict | list) else 0) > MAX_VALUES:
        return TOO_MANY
    return TOO_LONG if size.characters > MAX_CHARACTERS else ""


def _problem(value: Any) -> Text:
    """Why this one value cannot be JSON; empty when it can."""
    if isinstance(value, str):
        problem: Text = text_problem(value)
    elif value is None or isinstance(value, bool | list):
        problem = ""
    elif isinstance(value, int):
        problem = NUMBER_TOO_LARGE if value.bit_length() > MAX_BITS else ""
    elif isinstance(value, float | Decimal):
        problem = _fraction_problem(value)
    elif isinstance(value, dict):
        problem = next((fault for fault in map(_name_problem, value) if fault), "")
    else:
        problem = NOT_JSON
    return problem


def _fraction_problem(value: float | Decimal) -> Text:
    if isinstance(value, float) or not value.is_finite():
        return "" if math.isfinite(value) else NOT_A_NUMBER
    is_long = abs(value.adjusted()) > MAX_DIGITS or len(value.as_tuple().digits) > MAX_DIGITS
    return NUMBER_TOO_LARGE if is_long else ""


def _name_problem(name: Any) -> Text:
    return text_problem(name) if isinstance(name, str) else NOT_A_NAME


def text_problem(text: str) -> Text:
    """Why no database stores this text; empty when all do."""
    if "\x00" in text:
        return NULL_CHARACTER
    return "" if text.isascii() or not HALVES.search(text) else BROKEN_TEXT

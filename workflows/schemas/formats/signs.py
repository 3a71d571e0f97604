"""Identifiers, pointers, patterns, colours and numbers of telephones."""

from __future__ import annotations

import re
from typing import Final

from workflows.schemas.patterns import PatternError, compile_pattern

UUID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
COLOR: Final = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_POINTER: Final = r"(?:/(?:[^~/]|~[01])*)*"
POINTER: Final = re.compile(_POINTER, re.DOTALL)
RELATIVE: Final = re.compile(rf"(?:0|[1-9][0-9]*)(?:#|{_POINTER})", re.DOTALL)
PHONE: Final = re.compile(
    r"(?:tel:)?\+?[0-9(][0-9 ()./\u00a0\u2010-\u2013-]{1,30}(?:(?:ext\.?|x|;ext=|#) ?[0-9]{1,8})?",
    re.IGNORECASE,
)
MIN_DIGITS: Final = 3


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID in its usual form, with hyphens."""
    return UUID.fullmatch(text) is not None


def is_pointer(text: str) -> bool:
    """Whether the text is a JSON Pointer (RFC 6901)."""
    return POINTER.fullmatch(text) is not None


def is_relative_pointer(text: str) -> bool:
    """Whether the text is a JSON Pointer that starts from some place, so many levels up."""
    return RELATIVE.fullmatch(text) is not None


def is_pattern(text: str) -> bool:
    """Whether the text is a regular expression that can be used here."""
    try:
        compile_pattern(text)
    except PatternError:
        return False
    return True


def is_color(text: str) -> bool:
    """Whether the text is a colour as CSS writes it with a hash."""
    return COLOR.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether the text may be a number of a telephone, as people anywhere write theirs."""
    return PHONE.fullmatch(text) is not None and sum(map(str.isdigit, text)) >= MIN_DIGITS

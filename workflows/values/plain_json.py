"""What may be stored as a workflow's data: JSON, exactly, or a clear refusal."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from workflows.exceptions import BadValue

MAX_CHARACTERS = 1_000_000
"""Longest JSON text of one value: what is larger belongs in a file, not in a workflow's data."""

SMALL = 2**63
"""Whole numbers below it, and nothing at all, need no second look: most results are like that."""

_encoder = DjangoJSONEncoder(allow_nan=False, ensure_ascii=False)


def to_json(value: Any, name: str) -> Any:
    """Return `value` as plain JSON data (dates, decimals and UUIDs become text).

    Raises BadValue, naming `name`, for anything that is not JSON: other objects, NaN, infinity,
    NUL characters and lone surrogates, which PostgreSQL cannot store.
    """
    if value is None or (type(value) is int and abs(value) < SMALL):
        return value
    try:
        text = _encoder.encode(value)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise BadValue(
            f"The value of {name!r} cannot be stored as JSON: {_reason(error)}"
        ) from None
    if "\\u0000" in text and "\x00" in _strings(json.loads(text)):
        raise BadValue(f"The value of {name!r} contains a NUL character, which cannot be stored.")
    if len(text) > MAX_CHARACTERS:
        raise BadValue(f"The value of {name!r} is longer than {MAX_CHARACTERS:,} characters.")
    return json.loads(text)


def _strings(value: Any) -> str:
    """All strings inside JSON data, joined."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "".join(_strings(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return "".join(_strings(part) for part in value)
    return ""


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "it contains half of a surrogate pair."
    if isinstance(error, RecursionError):
        return "it is nested too deeply or contains itself."
    return f"{error}."

"""Errors and summaries in one line, for people."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from workflows.exceptions import StepError

MAX_ERROR = 2_000


def describe(error: BaseException) -> str:
    """Give an error in words: its message, and its class where the engine did not raise it."""
    text = str(error).strip()[:MAX_ERROR].replace("\x00", "")
    if isinstance(error, StepError):
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def fill_in(template: str, data: Mapping[str, Any]) -> str:
    """`"{title}, {amount}"` with the data's values; what is missing shows as a dash."""
    return _Filler().vformat(template, (), data).replace("\x00", "")


class _Filler(string.Formatter):
    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        # Only plain keys: no attributes and no indexes of what is in the data.
        value = kwargs.get(field_name)
        return ("–" if value is None else value), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        try:
            return str(format(value, format_spec))
        except (TypeError, ValueError):
            return str(value)

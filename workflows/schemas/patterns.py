"""Regular expressions by RE2, which takes linear time whatever the pattern and the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import re2

MAX_LENGTH: Final = 2_000

# ECMA-262's way of writing what RE2 writes differently.
_UNICODE = re.compile(r"(?<!\\)((?:\\\\)*)\\u([0-9A-Fa-f]{4})")
_SCRIPT = re.compile(r"\\([pP])\{(?:Script|sc|General_Category|gc)=(\w+)\}")


class PatternError(ValueError):
    """RE2 cannot use this pattern; the message is its reason."""


@lru_cache(maxsize=2_000)
def compile_pattern(pattern: str) -> Any:
    """Give the compiled pattern; raises PatternError with the reason when there is none."""
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"it is longer than {MAX_LENGTH:,} characters")
    options = re2.Options()
    options.log_errors = False
    written = _SCRIPT.sub(r"\\\1{\2}", _UNICODE.sub(r"\1\\x{\2}", pattern))
    try:
        return re2.compile(written, options=options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise PatternError(text) from None


def found_in(pattern: str, text: str) -> bool:
    """Whether the pattern matches anywhere in the text."""
    return compile_pattern(pattern).search(text) is not None


def any_found_in(patterns: Iterable[str], text: str) -> bool:
    """Whether one of the patterns matches anywhere in the text."""
    return any(found_in(pattern, text) for pattern in patterns)

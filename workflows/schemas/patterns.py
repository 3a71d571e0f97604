"""Regular expressions by RE2, which takes linear time whatever the pattern and the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import re2

from workflows.schemas.dialect import conditions, to_re2

MAX_LENGTH: Final = 2_000


class PatternError(ValueError):
    """RE2 cannot use this pattern; the message is its reason."""


@dataclass(frozen=True)
class Pattern:
    """A pattern that is ready to be searched for."""

    parts: tuple[tuple[Any, bool], ...]
    """What has to be found (True), and what must not be (False)."""

    def is_in(self, text: str) -> bool:
        """Whether the pattern matches anywhere in the text."""
        return all((part.search(text) is not None) is wanted for part, wanted in self.parts)


@lru_cache(maxsize=2_000)
def compile_pattern(pattern: str) -> Pattern:
    """Give the compiled pattern; raises PatternError with the reason when there is none."""
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"it is longer than {MAX_LENGTH:,} characters")
    return Pattern(tuple((_compiled(part), wanted) for part, wanted in conditions(pattern)))


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(to_re2(pattern), options=options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise PatternError(text) from None


def found_in(pattern: str, text: str) -> bool:
    """Whether the pattern matches anywhere in the text."""
    return compile_pattern(pattern).is_in(text)


def any_found_in(patterns: Iterable[str], text: str) -> bool:
    """Whether one of the patterns matches anywhere in the text."""
    return any(found_in(pattern, text) for pattern in patterns)

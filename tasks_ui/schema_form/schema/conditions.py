"""What the conditions of a schema say about data that is still being filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.posted.field_names import VALUE
from tasks_ui.schema_form.posted.reader import Reading
from workflows.schemas import Document, Place, holds


class Judge:
    """Answers for one round of building a form; the data are known from the round before."""

    def __init__(
        self,
        document: Document,
        known: Mapping[str, Any],
        reading: Reading | None = None,
        *,
        is_strict: bool = False,
        excluded: frozenset[str] = frozenset(),
        decided: Mapping[str, Any] | None = None,
    ) -> None:
        self._document = document
        self._known = known
        self._reading = reading
        self._is_strict = is_strict
        self._decided = decided or {}
        self._unknown = excluded - self._decided.keys()
        self._told: list[tuple[str, Any, Any]] = []

    def of_what_was_stored(self) -> Judge:
        """Give one that knows nothing of what was filled in since."""
        return Judge(self._document, {}, is_strict=True)

    def value(self, way: str, otherwise: Any) -> Any:
        """Give what a place has come to, as far as that is known."""
        value = self._known.get(way, otherwise)
        self._told.append((way, otherwise, value))
        if way == "" and self._decided and (value is ABSENT or isinstance(value, dict)):
            return {**({} if value is ABSENT else value), **self._decided}
        return value

    def has_told(self, known: Mapping[str, Any]) -> bool:
        """Whether it said of all values what it would say, had this been known to it.

        Nothing else goes into its answers, and so the form of a further round would be the same.
        """
        # As texts 1, 1.0 and true differ.
        return all(
            repr(known.get(way, otherwise)) == repr(value) for way, otherwise, value in self._told
        )

    def holds(self, place: Place, value: Any) -> bool:
        """Whether a value fits a schema."""
        return value is not ABSENT and holds(self._document, place, value)

    def branch(self, way: str, condition: Place, branches: Mapping[str, Place], value: Any) -> str:
        """Give which branch of an `if` applies: "then", "else", or "" where nobody can tell yet.

        A condition on a property that is not there holds, as the language has it. Before an
        answer that would show questions that may not matter: only who submits is asked them.
        """
        fits = self.holds(condition, value)
        applies = "then" if fits else "else"
        if fits and _says_nothing_yet(condition, value) and not self._was_shown(way, branches):
            is_left_out = not way and bool(condition.properties.keys() & self._unknown)
            applies = "then" if self._is_strict and not is_left_out else ""
        return applies

    def _was_shown(self, way: str, branches: Mapping[str, Place]) -> bool:
        """Whether the questions of the branch were in the form."""
        asked = branches["then"].properties if "then" in branches else {}
        reading = self._reading
        return reading is not None and any(reading.has(f"{VALUE}{way}/{name}") for name in asked)


def _says_nothing_yet(condition: Place, value: Any) -> bool:
    """Whether a condition holds only because none of what it speaks of is there."""
    named = condition.properties
    if not isinstance(value, dict):
        return False
    needed = condition.keywords.get("required", ())
    return bool(named) and not any(name in value or name in needed for name in named)

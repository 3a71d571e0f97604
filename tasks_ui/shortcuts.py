"""Which key presses which button."""

from __future__ import annotations

from collections.abc import Iterable

# These act everywhere: j, k, u and n move, c claims, i asks, m hands over, h puts off.
TAKEN = frozenset("jkucnimh")


def keys_for(labels: Iterable[str]) -> list[str]:
    """Give each label a key of its own: its first letter, or another of its letters, or a digit."""
    given: list[str] = []
    for number, label in enumerate(labels, start=1):
        letters = [letter for letter in label.casefold() if letter.isascii() and letter.isalpha()]
        free = (key for key in (*letters, *f"{number}") if key not in TAKEN and key not in given)
        given.append(next(free, ""))
    return given

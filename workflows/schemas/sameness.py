"""What makes two JSON values the same: 1.0 is 1, but not true; the order of names says nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from workflows.schemas.numbers import exact


def _nothing() -> None:
    return None


def same(value: Any, spend: Callable[[], None] = _nothing) -> Hashable:
    """Give something that can be looked up, equal for values that are the same.

    Args:
        value: any JSON value.
        spend: called for each value inside, to give up in time.
    """
    spend()
    if isinstance(value, dict):
        return (dict, frozenset((name, same(part, spend)) for name, part in value.items()))
    if isinstance(value, list):
        return (list, tuple(same(part, spend) for part in value))
    if isinstance(value, bool):
        return (bool, value)
    return value if isinstance(value, str | int | None) else exact(value)

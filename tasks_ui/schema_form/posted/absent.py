"""The difference between a value that is not there and one that is null or empty."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final


class Absent(Enum):
    """The kind of `ABSENT`, of which there is only one."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""What stands where data has no value: a name that an object does not have."""


def part(value: Any, step: str | int) -> Any:
    """Give what a value has under a name or number; ABSENT where it has nothing."""
    if isinstance(step, int):
        is_there = isinstance(value, list) and 0 <= step < len(value)
        return value[step] if is_there else ABSENT
    return value.get(step, ABSENT) if isinstance(value, dict) else ABSENT

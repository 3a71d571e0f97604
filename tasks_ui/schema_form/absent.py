"""The difference between a value that is not there and one that is null or empty."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final


class Absent(Enum):
    """The kind of `ABSENT`, of which there is only one."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""What stands where data has no value: a name that an object does not have."""


def part(value: Any, name: str) -> Any:
    """Give what an object has under `name`; ABSENT where it has nothing, or is no object."""
    return value.get(name, ABSENT) if isinstance(value, dict) else ABSENT

"""A host whose clock goes wrong: shifts what one process takes for the time of day."""

from __future__ import annotations

import datetime
import os
import sys
import time
from typing import Any, Final, Self

SHIFT: Final = "CHAOS_CLOCK_SHIFT"
"""Seconds by which the clock is ahead, in the environment of a process."""

ahead = datetime.timedelta(seconds=float(os.environ.get(SHIFT, "0")))


class AnyDatetime(type):
    """What was made by the true class, as in C, passes for one of the shifted class."""

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, cls.__mro__[1])


class ShiftedDatetime(datetime.datetime, metaclass=AnyDatetime):
    """The class whose `now` is ahead."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Self:
        return super().now(tz) + ahead


def shift_as_told() -> None:
    """Shift this process's clock by what the environment says; call it from the settings."""
    if not ahead:
        return
    true_time, true_class = time.time, datetime.datetime
    time.time = lambda: true_time() + ahead.total_seconds()
    datetime.datetime = ShiftedDatetime  # type: ignore[misc]
    for module in list(sys.modules.values()):
        if module.__name__ != __name__ and vars(module).get("datetime") is true_class:
            vars(module)["datetime"] = ShiftedDatetime

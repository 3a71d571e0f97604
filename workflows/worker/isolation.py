"""Suspects: work whose worker was lost before, and which may have been the reason.

Each begins alone in its process, so that its neighbours do not pay if it does it again. It is left
alone for a while only, and waits for others to end for a while only: an innocent step that takes
hours must not keep its whole process from working.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from typing import Final

from workflows.worker.running import Flight

ALONE_FOR: Final = 10.0
"""Seconds after which other work may join one that has not taken its worker down."""

WAITS_FOR: Final = 10.0
"""Seconds for which a process begins nothing else, so that a suspect may begin alone."""


class Suspects:
    """Those among a worker's flights that have yet to begin, and the one that has."""

    def __init__(self) -> None:
        self._waiting: deque[Flight] = deque()
        self._alone: Flight | None = None
        self._began_at = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, flights: Iterable[Flight]) -> None:
        """Have them wait until they are alone."""
        self._waiting.extend(flights)

    def keep_others_out(self) -> bool:
        """Whether nothing else may begin in this process now."""
        return bool(self._waiting) or self.is_one_alone()

    def is_one_alone(self) -> bool:
        """Whether one runs that has not run for long."""
        alone = self._alone
        if alone is None or alone.has_landed or time.monotonic() > self._began_at + ALONE_FOR:
            self._alone = None
        return self._alone is not None

    def may_begin(self, in_the_air: int) -> bool:
        """Whether one may begin: only suspects that wait are in the air."""
        return 0 < len(self._waiting) >= in_the_air

    def begin(self) -> list[Flight]:
        """Give the one that begins, of those that wait."""
        self._alone, self._began_at = self._waiting.popleft(), time.monotonic()
        return [self._alone]

    def give_up(self) -> list[Flight]:
        """Give those that have waited for too long, and let them wait no longer."""
        if self._waiting and time.monotonic() > self._waiting[0].began_at + WAITS_FOR:
            # While one is alone, the others wait for that, and not for anything slow.
            return [] if self.is_one_alone() else self.give_up_all()
        return []

    def give_up_others(self) -> list[Flight]:
        """Let none wait any longer but the one that is next."""
        return [self._waiting.pop() for _other in range(len(self._waiting) - 1)]

    def give_up_all(self) -> list[Flight]:
        """Let none wait any longer."""
        given_up = list(self._waiting)
        self._waiting.clear()
        return given_up

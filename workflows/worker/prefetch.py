"""How many executions a worker process holds at once: more than its slots while they are quick."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Final

from workflows.worker.running import Flight

QUICK: Final = 0.1
"""Seconds that an execution may take for others to be held in stock behind it."""

WIDEST: Final = 200
"""Executions that are held at most, unless there are more slots."""

PAUSE: Final = 0.02
"""Seconds between two looks for work while enough is at hand, or while there was no more."""


class Window:
    """Executions are recorded together, so that many quick ones cost less than few.

    Slow ones are not held in stock: another process could run them meanwhile.
    """

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._size = slots
        self._looked_at = float("-inf")
        self._is_short = False

    def learn(self, landed: Iterable[Flight]) -> bool:
        """Grow while executions are quick; one that is not takes it back to the slots.

        Tells whether it has become narrower.
        """
        before = self._size
        slowest = max((flight.landed_at - flight.began_at for flight in landed), default=0.0)
        wider = min(2 * self._size, max(WIDEST, self._slots))
        self._size = wider if slowest < QUICK else self._slots
        return self._size < before

    def room(self, held: int) -> int:
        """Give how many executions to claim beside those held; none where it is not worth it."""
        free = self._size - held
        if free < 1 or not held:
            return max(free, 0)
        rested = time.monotonic() - self._looked_at >= PAUSE
        return free if rested or (4 * free >= self._size and not self._is_short) else 0

    def looked(self, asked: int, found: int) -> None:
        """Remember whether a claim left work behind."""
        self._looked_at, self._is_short = time.monotonic(), found < asked

    def forget(self) -> None:
        """Look at once: something has said that there is work."""
        self._looked_at = float("-inf")

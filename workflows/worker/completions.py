"""Where finished work arrives, from the loop's thread to the main one, together with wake-ups."""

from __future__ import annotations

import queue
from collections.abc import Sequence
from typing import Final

from workflows.worker.running import Flight

AT_ONCE: Final = 100
"""Reports from which on it takes no more for the same transaction."""


class Landings:
    """A queue of landings; many threads put, one takes."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Sequence[Flight]] = queue.SimpleQueue()
        self._is_woken = False

    def land(self, flights: Sequence[Flight]) -> None:
        """Hand in what has come to an end, one way or another."""
        self._queue.put(flights)

    def wake(self) -> None:
        """Make the taker look for new work."""
        self._queue.put(())

    def take(self, seconds: float) -> list[Flight]:
        """Wait for the first landing or wake-up; take all that are there, and wait for no more."""
        found: list[Flight] = []
        try:
            self._sort_in(self._queue.get(timeout=seconds), found)
            while len(found) < AT_ONCE:
                self._sort_in(self._queue.get_nowait(), found)
        except queue.Empty:
            pass
        return found

    def is_woken(self) -> bool:
        """Tell whether there was a wake-up since this was last asked."""
        was_woken, self._is_woken = self._is_woken, False
        return was_woken

    def _sort_in(self, landed: Sequence[Flight], found: list[Flight]) -> None:
        self._is_woken = self._is_woken or not landed
        found.extend(landed)

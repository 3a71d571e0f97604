"""Where finished work arrives, from the loop's thread to the main one, together with wake-ups."""

from __future__ import annotations

import queue
from concurrent.futures import Future
from typing import Final

from workflows.engine.outcomes import Report
from workflows.engine.work import Work

AT_ONCE: Final = 50
"""Reports that are recorded in one transaction at most."""

Landing = tuple[Work, "Future[Report]"]


class Landings:
    """A queue of landings; many threads put, one takes."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Landing | None] = queue.SimpleQueue()
        self._is_woken = False

    def land(self, work: Work, future: Future[Report]) -> None:
        """Hand in what has come to an end, one way or another."""
        self._queue.put((work, future))

    def wake(self) -> None:
        """Make the taker look for new work."""
        self._queue.put(None)

    def take(self, seconds: float) -> list[Landing]:
        """Wait for the first landing or wake-up; take all that are there, and wait for no more."""
        found: list[Landing] = []
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

    def _sort_in(self, landing: Landing | None, found: list[Landing]) -> None:
        if landing is None:
            self._is_woken = True
        else:
            found.append(landing)

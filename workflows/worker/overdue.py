"""Runaways: code that goes on although it was told to stop, so that its process has to end."""

from __future__ import annotations

import time
from typing import Final

from workflows.worker.executor import Launcher
from workflows.worker.running import Flight, Flights

LOOKS_EVERY: Final = 0.2

ANSWERS_WITHIN: Final = 1.0
"""Seconds after which the event loop is taken to be held by somebody."""


class Runaways:
    """Looks for them among a worker's flights; `margin` is how many seconds they get to stop."""

    def __init__(self, flights: Flights, launcher: Launcher, margin: float) -> None:
        self._flights = flights
        self._launcher = launcher
        self._margin = margin
        self._were_seen = False
        self._look_at = 0.0

    def exist(self) -> bool:
        """Whether the process has to end, once and for all; looks a few times a second."""
        if not self._were_seen and (now := time.monotonic()) >= self._look_at:
            self._look_at = now + LOOKS_EVERY
            self._were_seen = bool(self._late()) or self._launcher.waits_in_vain(self._margin)
        return self._were_seen

    def overdue(self) -> tuple[list[Flight], list[Flight]]:
        """Give the flights that are to blame, and those that keep others from being stopped.

        A coroutine that does not let go of the event loop makes all others late, which must not
        be counted as theirs. If it has no time-out itself, it is left to its lease: it will run
        alone the next time.
        """
        late = self._late()
        if not late or self._launcher.answers(ANSWERS_WITHIN):
            return late, []
        holding = self._launcher.running(self._flights.all())
        return [one for one in late if one in holding], [one for one in holding if one not in late]

    def _late(self) -> list[Flight]:
        now = time.monotonic()
        return [
            flight
            for flight in self._flights.all()
            if (end := flight.work.deadline) is not None
            and now > end + self._margin
            and not flight.has_landed
        ]

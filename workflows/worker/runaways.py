"""Runaways: code that goes on although it was told to stop, so that its process has to end."""

from __future__ import annotations

import time
from dataclasses import dataclass

from workflows.worker.flights import Flight, Flights
from workflows.worker.launcher import Launcher


@dataclass(frozen=True)
class Runaways:
    """Looks for them among a worker's flights; `margin` is how many seconds they get to stop."""

    flights: Flights
    launcher: Launcher
    margin: float
    answers_within: float = 1.0

    def exist(self) -> bool:
        """Whether the process has to end; asked for several times a second."""
        return bool(self._late()) or self.launcher.waits_in_vain(self.margin)

    def overdue(self) -> tuple[list[Flight], list[Flight]]:
        """Give the flights that are to blame, and those that keep others from being stopped.

        A coroutine that does not let go of the event loop makes all others late, which must not
        be counted as theirs. If it has no time-out itself, it is left to its lease: it will run
        alone the next time.
        """
        late = self._late()
        if not late or self.launcher.answers(self.answers_within):
            return late, []
        holding = self.launcher.running(self.flights.all())
        return [one for one in late if one in holding], [one for one in holding if one not in late]

    def _late(self) -> list[Flight]:
        now = time.monotonic()
        return [
            flight
            for flight in self.flights.all()
            if (end := flight.work.deadline) is not None
            and now > end + self.margin
            and not flight.has_landed
        ]

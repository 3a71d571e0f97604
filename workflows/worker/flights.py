"""What a worker process runs now, shared by the threads that start, renew and record it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass

from workflows.engine.outcomes import Report
from workflows.engine.work import Work


@dataclass(frozen=True)
class Flight:
    """One piece of work under way; `future` is None while it waits for its turn to run alone."""

    work: Work
    future: Future[Report] | None


class Flights:
    """The flights by execution."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flights: dict[int, Flight] = {}

    def __len__(self) -> int:
        return len(self._flights)

    def add(self, work: Work, future: Future[Report] | None = None) -> None:
        """Keep the lease on this work from now on."""
        with self._lock:
            self._flights[work.execution_id] = Flight(work, future)

    def remove(self, ended: Iterable[Work]) -> None:
        """Keep the leases on this work no longer.

        What was lost and claimed again under a new fence, even by this process, stays.
        """
        with self._lock:
            for work in ended:
                flight = self._flights.get(work.execution_id)
                if flight is not None and flight.work is work:
                    del self._flights[work.execution_id]

    def remove_all(self) -> dict[int, int]:
        """Stop everything where it waits, and give the fences of what was held."""
        held = self.fences()
        self.cancel(held)
        with self._lock:
            self._flights.clear()
        return held

    def fences(self) -> dict[int, int]:
        """Give the fence of every execution that is held."""
        with self._lock:
            return {number: flight.work.fence for number, flight in self._flights.items()}

    def cancel(self, executions: Iterable[int]) -> None:
        """Stop the work where it waits; code that does not wait runs on, and is not recorded."""
        with self._lock:
            found = [self._flights.get(number) for number in executions]
        for flight in found:
            if flight is not None and flight.future is not None:
                flight.future.cancel()

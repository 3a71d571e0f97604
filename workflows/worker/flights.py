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

    def remove(self, executions: Iterable[int]) -> None:
        """Keep their leases no longer."""
        with self._lock:
            for execution_id in executions:
                self._flights.pop(execution_id, None)

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

"""What a worker process runs now, shared by the threads that start, renew and record it."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workflows.engine.work.results import Report
from workflows.engine.work.work import Work

logger = logging.getLogger("workflows")


@dataclass(eq=False)
class Flight:
    """One piece of work under way; `task` is None until the loop has taken it up."""

    work: Work
    task: asyncio.Task[Report] | None = None
    is_cancelled: bool = False
    has_landed: bool = False
    began_at: float = field(default_factory=time.monotonic)
    landed_at: float = 0.0

    def report(self) -> Report | None:
        """Give the report; None where the lease was lost, or the engine itself failed."""
        if self.task is None or self.is_cancelled or self.task.cancelled():
            return None
        error = self.task.exception()
        if error is not None:
            logger.error("Execution %s could not be run.", self.work.execution_id, exc_info=error)
            return None
        return self.task.result()


class Flights:
    """The flights by execution."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._flights: dict[int, Flight] = {}

    def __len__(self) -> int:
        return len(self._flights)

    def add(self, works: Iterable[Work]) -> list[Flight]:
        """Keep the leases on this work from now on."""
        flights = [Flight(work) for work in works]
        with self._lock:
            self._flights |= {flight.work.execution_id: flight for flight in flights}
        return flights

    def remove(self, ended: Iterable[Flight]) -> None:
        """Keep the leases on this work no longer.

        What was lost and claimed again under a new fence, even by this process, stays.
        """
        with self._lock:
            for flight in ended:
                if self._flights.get(flight.work.execution_id) is flight:
                    del self._flights[flight.work.execution_id]

    def fences(self) -> dict[int, int]:
        """Give the fence of every execution that is held."""
        with self._lock:
            return fences_of(self._flights.values())

    def of(self, held: Mapping[int, int]) -> list[Flight]:
        """Give the flights of these executions that are still under way under these fences.

        One that has ended and was claimed anew meanwhile is another flight.
        """
        with self._lock:
            found = [self._flights.get(number) for number in held]
        return [one for one in found if one and one.work.fence == held[one.work.execution_id]]

    def all(self) -> list[Flight]:
        """Give everything that is under way."""
        with self._lock:
            return list(self._flights.values())

    def limited(self) -> dict[int, int]:
        """Give the fences of what has a place among few."""
        return limited(self.all())


def fences_of(flights: Iterable[Flight]) -> dict[int, int]:
    """Give the fence of every execution among these flights."""
    return {flight.work.execution_id: flight.work.fence for flight in flights}


def limited(flights: Iterable[Flight]) -> dict[int, int]:
    """Give the fence of every execution whose place is to be given back when its flight ends.

    What was cancelled may still run, so that its place comes back with the lease.
    """
    return {
        flight.work.execution_id: flight.work.fence
        for flight in flights
        if flight.work.limit is not None and not flight.is_cancelled
    }

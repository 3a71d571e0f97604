"""Starts flights on the event loop, and hands in those that have ended: many at a time.

A hand-over between threads costs as much as a short step, and wakes the other one up.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from workflows.engine.calling import CallSync
from workflows.engine.outcomes import Report
from workflows.engine.running import perform
from workflows.worker.flights import Flight
from workflows.worker.loop import LoopThread


class Launcher:
    """`start` and `cancel` are for any thread, the rest happens on the loop's."""

    def __init__(
        self, loop: LoopThread, call_sync: CallSync, land: Callable[[Sequence[Flight]], None]
    ) -> None:
        self._loop = loop
        self._call_sync = call_sync
        self._land = land
        self._landed: list[Flight] = []
        self._stopped_at: dict[Flight, float] = {}

    def start(self, flights: Sequence[Flight]) -> None:
        """Run the work of these flights side by side."""
        if flights:
            self._loop.call(self._begin, flights)

    def cancel(self, flights: Sequence[Flight]) -> None:
        """Stop the work where it waits; code that does not wait runs on, and is not recorded."""
        for flight in flights:
            flight.is_cancelled = True
            self._stopped_at[flight] = time.monotonic()
        if flights:
            self._loop.call(self._stop, flights)

    def waits_in_vain(self, seconds: float) -> bool:
        """Whether code that was told to stop goes on for longer than that."""
        before = time.monotonic() - seconds
        return any(stopped_at < before for stopped_at in list(self._stopped_at.values()))

    def answers(self, seconds: float) -> bool:
        """Whether the loop does anything within that time: no coroutine holds it."""
        has_answered = threading.Event()
        self._loop.call(has_answered.set)
        return has_answered.wait(seconds)

    def running(self, flights: Sequence[Flight]) -> list[Flight]:
        """Give that of the flights, if any, whose coroutine holds the loop at this moment."""
        current = self._loop.current_task()
        return [flight for flight in flights if current is not None and flight.task is current]

    def _begin(self, flights: Sequence[Flight]) -> None:
        for flight in flights:
            if flight.is_cancelled:
                self._stopped_at.pop(flight, None)
                self._hand_in(flight)
                continue
            flight.task = asyncio.create_task(perform(flight.work, self._call_sync))
            flight.task.add_done_callback(partial(self._ended, flight))

    def _stop(self, flights: Sequence[Flight]) -> None:
        for flight in flights:
            if flight.task is not None and not flight.task.done():
                flight.task.cancel()
            else:
                self._stopped_at.pop(flight, None)
            if flight.task is not None:
                self._hand_in(flight)

    def _ended(self, flight: Flight, task: asyncio.Task[Report]) -> None:
        self._stopped_at.pop(flight, None)
        self._hand_in(flight)
        if flight.is_cancelled and not task.cancelled():
            # Nobody asks how it ended; unless this is read, the loop complains of that.
            task.exception()

    def _hand_in(self, flight: Flight) -> None:
        if flight.has_landed:
            return
        flight.has_landed, flight.landed_at = True, time.monotonic()
        if not self._landed:
            asyncio.get_running_loop().call_soon(self._hand_in_all)
        self._landed.append(flight)

    def _hand_in_all(self) -> None:
        landed, self._landed = self._landed, []
        self._land(landed)

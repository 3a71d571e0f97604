"""Starts flights on the event loop, and hands in those that have ended: many at a time.

A hand-over between threads costs as much as a short step, and wakes the other one up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from workflows.engine.run.perform import perform
from workflows.engine.work.call import CallSync, needs_thread
from workflows.engine.work.results import Report
from workflows.worker.event_loop import LoopThread
from workflows.worker.running import Flight

logger = logging.getLogger("workflows")


class Launcher:
    """`start` and `cancel` are for any thread, the rest happens on the loop's."""

    def __init__(
        self,
        loop: LoopThread,
        call_sync: CallSync,
        land: Callable[[Sequence[Flight]], None],
        threads: int,
    ) -> None:
        self._loop = loop
        self._seats = threads
        self._queue: deque[Flight] = deque()
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

    def take_back(self) -> list[Flight]:
        """Give the flights that wait for a thread; they are not begun any more."""
        taken = []
        with contextlib.suppress(IndexError):
            while True:
                taken.append(self._queue.popleft())
        return taken

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
            try:
                self._seat(flight)
            except Exception:  # Nobody else would ever hand it in, and its lease would go on.
                logger.exception("Execution %s could not be begun.", flight.work.execution_id)
                flight.is_cancelled = True
                self._hand_in(flight)

    def _seat(self, flight: Flight) -> None:
        if not needs_thread(flight.work):
            self._take_off(flight)
        elif self._seats:
            self._seats -= 1
            self._take_off(flight)
        else:
            # Its clock must not run while it waits for others.
            self._queue.append(flight)

    def _take_off(self, flight: Flight) -> None:
        if flight.is_cancelled:
            self._stopped_at.pop(flight, None)
            self._hand_in(flight)
            self._free_seat(flight)
            return
        flight.task = asyncio.create_task(perform(flight.work, self._call_sync))
        flight.task.add_done_callback(partial(self._ended, flight))

    def _free_seat(self, flight: Flight) -> None:
        if needs_thread(flight.work):
            self._seats += 1
            with contextlib.suppress(IndexError):
                self._begin([self._queue.popleft()])

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
        self._free_seat(flight)

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

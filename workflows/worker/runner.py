"""The runner of a worker process: claims executions, runs them side by side, records them."""

from __future__ import annotations

import itertools
import logging
import os
import secrets
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Final

from django.db import InterfaceError, OperationalError, connections

from workflows.engine import claims, clock
from workflows.engine.claims import Lease
from workflows.engine.loading import load
from workflows.engine.outcomes import Report
from workflows.engine.running import perform
from workflows.engine.work import Work
from workflows.models import StepExecution
from workflows.worker.code import RunnableCode
from workflows.worker.ear import Ear
from workflows.worker.flights import Flights
from workflows.worker.landings import Landings
from workflows.worker.loop import LoopThread
from workflows.worker.options import Options
from workflows.worker.pulse import Pulse
from workflows.worker.recorder import record
from workflows.worker.threads import DaemonThreads

logger = logging.getLogger("workflows")

PATIENCE: Final = 0.05
"""Seconds for which it waits for a result before it thinks of other work that may come."""

RECOVERS_IN: Final = 0.5
"""Seconds for which it leaves a database alone that does not answer."""


class Runner:
    """One per process; `drain` belongs to the main thread.

    Steps' code runs in the event loop and in daemon threads; claims and records are the main
    thread's, leases the pulse's. Nothing is shared with another process but the database.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.id = f"{socket.gethostname()[:60]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.pid = os.getpid()
        self.is_draining = False
        self._options = options or Options.of_site()
        self._code = RunnableCode()
        self._flights = Flights()
        self._alone: deque[Work] = deque()
        self._runs_alone = False
        self._turn_ends = 0.0
        self._landings = Landings()
        self._loop = LoopThread()
        self._threads = DaemonThreads()
        self._ear = Ear(self._landings.wake)
        self._pulse = Pulse(self.id, self._flights, self._code, self._options.lease)

    def start(self) -> None:
        """Announce the worker."""
        self._pulse.start()

    def sign_off(self) -> None:
        """Take the announcement back, as the process ends."""
        self._pulse.stop()

    def stop(self) -> None:
        """Sign off, and end the threads that can be ended, as the process goes on."""
        self._ear.stop()
        self.sign_off()
        self._loop.stop()
        self._threads.stop()

    def drain(self, stops: Callable[[], bool]) -> int:
        """Run what is due, and what follows from it, until nothing is or `stops` says so.

        Give the number of executions recorded. After a turn (10 s) without a pause it comes to an
        end as soon as nothing runs, so that other jobs have their turn, unless steps take longer.
        """
        self.is_draining = True
        self._loop.drop_stale_connections()
        try:
            return self._drain(stops)
        finally:
            self.is_draining = False

    def next_due_in(self) -> float:
        """Give the seconds until this process may have work: 0 for now, infinity for never."""
        due_at = claims.next_due(self._code.ids())
        return max((due_at - clock.now()).total_seconds(), 0.0) if due_at else float("inf")

    def _drain(self, stops: Callable[[], bool]) -> int:
        recorded, self._turn_ends = 0, self._new_turn()
        self._claim()
        if not self._flights and self._code.refresh():
            # What woke this process may be the first instance of a version stored just now.
            self._claim()
        while self._flights and not stops():
            recorded += self._round(stops)
        return recorded + self._wind_down()

    def _round(self, stops: Callable[[], bool]) -> int:
        """Record what has ended, and claim what there is room for."""
        in_turn, recorded = time.monotonic() < self._turn_ends, 0
        try:
            self._start_alone()
            recorded = self._record(self._await_landings(stops), goes_on=in_turn)
            if in_turn:
                self._claim()
            elif time.monotonic() > self._turn_ends + 1:
                self._turn_ends = self._new_turn()
        except (OperationalError, InterfaceError):
            # What runs goes on, and somebody must be here to record it.
            logger.warning("The work cannot be read; trying again.", exc_info=True)
            connections.close_all()
            time.sleep(RECOVERS_IN)
        return recorded

    def _new_turn(self) -> float:
        return time.monotonic() + self._options.turn.total_seconds()

    def _claim(self) -> None:
        """Fill the free slots, unless something waits to run alone."""
        free = self._options.slots - len(self._flights)
        if free < 1 or self._alone or self._runs_alone:
            return
        claimed = claims.claim(
            self.id, free, lease=self._options.lease, definitions=self._code.ids()
        )
        for work in _loaded(claimed):
            if work.crashes:
                # It may have taken its worker down: its neighbours shall not pay for that again.
                self._flights.add(work)
                self._alone.append(work)
            else:
                self._run(work)

    def _start_alone(self) -> None:
        if self._alone and len(self._flights) == len(self._alone):
            self._runs_alone = True
            self._run(self._alone.popleft())

    def _run(self, work: Work) -> None:
        future = self._loop.submit(perform(work, self._threads.call))
        self._flights.add(work, future)
        future.add_done_callback(partial(self._landings.land, work))

    def _await_landings(self, stops: Callable[[], bool]) -> list[tuple[Work, Future[Report]]]:
        """Give what has come to an end; nothing, when it is time to claim or to stop."""
        landed = self._landings.take(PATIENCE)
        if landed or self._landings.is_woken():
            return landed
        self._ear.listen()
        until = time.monotonic() + min(self.next_due_in() or PATIENCE, 5.0)
        while not landed and not stops() and time.monotonic() < until:
            landed = self._landings.take(min(0.25, max(until - time.monotonic(), 0.0)))
            if self._landings.is_woken():
                break
        return landed

    def _record(self, landed: Sequence[tuple[Work, Future[Report]]], *, goes_on: bool) -> int:
        """Record what has landed, and go on with what follows."""
        if not landed:
            return 0
        reports = [report for work, future in landed if (report := _report(work, future))]
        # Whatever waits to run alone waits for those in the air only, not for what follows them.
        successors = record(reports, self._new_lease if goes_on and not self._alone else None)
        self._flights.remove(work for work, _ in landed)
        self._runs_alone = self._runs_alone and bool(len(self._flights) - len(self._alone))
        for work in successors:
            self._run(work)
        return len(reports)

    def _new_lease(self) -> Lease:
        return Lease(self.id, clock.now() + self._options.lease)

    def _wind_down(self) -> int:
        """Let what runs finish for a while, then give back the rest."""
        recorded, until = 0, time.monotonic() + self._options.grace.total_seconds()
        while len(self._flights) > len(self._alone) and time.monotonic() < until:
            recorded += self._record(self._landings.take(PATIENCE), goes_on=False)
        self._alone.clear()
        if self._flights:
            claims.give_back(self.id, self._flights.remove_all())
        return recorded


def _loaded(claimed: Sequence[StepExecution]) -> list[Work]:
    """Load executions; one that cannot be loaded is left to its lease, which counts as a crash."""
    try:
        return load(claimed)
    except Exception:
        if len(claimed) > 1:
            return list(itertools.chain.from_iterable(_loaded([one]) for one in claimed))
        logger.exception("Execution %s could not be loaded.", claimed[0].pk)
        return []


def _report(work: Work, future: Future[Report]) -> Report | None:
    """Give the report, or None where there is none: the lease was lost, or the engine failed."""
    if future.cancelled():
        return None
    error = future.exception()
    if error is not None:
        logger.error("Execution %s could not be run.", work.execution_id, exc_info=error)
        return None
    return future.result()

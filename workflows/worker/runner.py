"""The runner of a worker process: claims executions, runs them side by side, records them."""

from __future__ import annotations

import itertools
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from django.db import connections

from workflows import wakeups
from workflows.engine.queue import claims, concurrency
from workflows.engine.queue.claims import Lease
from workflows.engine.run.perform import timed_out
from workflows.engine.store import clock
from workflows.engine.work.load import load
from workflows.engine.work.work import Work
from workflows.models import StepExecution
from workflows.steps.base import Retry
from workflows.worker import outages
from workflows.worker.completer import record
from workflows.worker.completions import Landings
from workflows.worker.event_loop import LoopThread
from workflows.worker.executor import Launcher
from workflows.worker.heartbeat import Pulse
from workflows.worker.isolation import Suspects
from workflows.worker.listener import Ear
from workflows.worker.options import Options
from workflows.worker.overdue import Runaways
from workflows.worker.prefetch import Window
from workflows.worker.runnable_definitions import RunnableCode
from workflows.worker.running import Flight, Flights, fences_of, limited
from workflows.worker.threads import DaemonThreads

logger = logging.getLogger("workflows")

PATIENCE: Final = 0.05
"""Seconds for which it waits for a result before it thinks of other work that may come."""

PUTS_OFF: Final = Retry(backoff=timedelta(seconds=10))
"""How long a suspect sleeps, more or less, that has found no process to itself."""

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
        self._holder = concurrency.Holder(self.id, self._options.lease)
        self._code = RunnableCode()
        self._flights = Flights()
        self._suspects = Suspects()
        self._turn_ends = 0.0
        self._stops: Callable[[], bool] = lambda: False
        self._outages_seen = outages.database.met
        self._window = Window(self._options.slots)
        self._landings = Landings()
        self._loop = LoopThread()
        self._threads = DaemonThreads()
        self._launcher = Launcher(
            self._loop, self._threads.call, self._landings.land, self._options.slots
        )
        self._runaways = Runaways(
            self._flights, self._launcher, self._options.margin.total_seconds()
        )
        self._ear = Ear(self._landings.wake)
        self._pulse = Pulse(
            self.id, self._flights, self._launcher.cancel, self._code, self._options.lease
        )

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
        self.is_draining, self._stops = True, lambda: stops() or self.is_spent
        self._loop.drop_stale_connections()
        try:
            return self._drain(self._stops)
        finally:
            self.is_draining = False

    @property
    def is_spent(self) -> bool:
        """Whether code that cannot be stopped runs in this process, which should end therefore."""
        return self._runaways.exist()

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
            self._look_after_suspects()
            recorded = self._record(self._await_landings(stops), goes_on=in_turn)
            if in_turn:
                self._claim()
            elif time.monotonic() > self._turn_ends + 1:
                self._turn_ends = self._new_turn()
        except outages.LOST as error:
            # What runs goes on, and somebody must be here to record it.
            outages.database.goes_on(error)
            connections.close_all()
            time.sleep(RECOVERS_IN)
        return recorded

    def _new_turn(self) -> float:
        return time.monotonic() + self._options.turn.total_seconds()

    def _claim(self) -> None:
        """Fill the free slots, unless something waits to run alone."""
        self._give_back_unknown()
        room = self._window.room(len(self._flights))
        if room < 1 or self._suspects.keep_others_out():
            return
        while room > 0:
            asked_at = time.monotonic()
            claimed = claims.claim(
                self.id, room, lease=self._options.lease, definitions=self._code.ids()
            )
            self._window.looked(room, len(claimed))
            loaded = self._still_held(_loaded(claimed), asked_at)
            admitted = concurrency.admit(loaded, self._holder)
            flights = self._flights.add(admitted)
            self._suspects.add(flight for flight in flights if flight.work.crashes)
            self._launcher.start([flight for flight in flights if not flight.work.crashes])
            # Behind what must wait for a place there may be work that need not.
            room = room - len(admitted) if len(admitted) < len(claimed) else 0

    def _give_back_unknown(self) -> None:
        """After an outage: what a lost answer has given to this worker is nobody's otherwise."""
        met = outages.database.met
        if met != self._outages_seen:
            claims.give_back_all_but(self.id, self._flights.fences())
            self._outages_seen = met

    def _look_after_suspects(self) -> None:
        """Begin one alone; put off what has waited for too long for a process to itself."""
        if self._suspects.may_begin(len(self._flights)):
            # Should it take this process down, nothing else that is held here must pay for it.
            self._give_back(self._suspects.give_up_others())
            # Not before: where the database fails, it must be among those that wait.
            self._launcher.start(self._suspects.begin())
        late = self._suspects.give_up()
        if late:
            fences, places = fences_of(late), limited(late)
            self._flights.remove(late)
            claims.put_off(self.id, fences, clock.now() + PUTS_OFF.delay(1))
            concurrency.release(places, self._options.lease)

    def _await_landings(self, stops: Callable[[], bool]) -> list[Flight]:
        """Give what has come to an end; nothing, when it is time to claim or to stop."""
        landed = self._landings.take(PATIENCE)
        if landed or self._is_woken():
            return landed
        self._ear.listen()
        until = time.monotonic() + min(self.next_due_in() or PATIENCE, 5.0)
        while not landed and not stops() and time.monotonic() < until:
            landed = self._landings.take(min(0.25, max(until - time.monotonic(), 0.0)))
            if self._is_woken():
                break
        self._window.forget()
        return landed

    def _is_woken(self) -> bool:
        if not self._landings.is_woken():
            return False
        self._window.forget()
        return True

    def _record(self, landed: Sequence[Flight], *, goes_on: bool) -> int:
        """Record what has landed, and go on with what follows."""
        if not landed:
            return 0
        reports = [report for flight in landed if (report := flight.report())]
        # Whatever waits to run alone waits for those in the air only, not for what follows them.
        new_lease = self._new_lease if goes_on and not len(self._suspects) else None
        asked_at = time.monotonic()
        successors = record(reports, new_lease, self._stops)
        # From here on the database may fail: what has landed must not be held any more.
        self._flights.remove(landed)
        successors = self._still_held(successors, asked_at)
        self._launcher.start(self._flights.add(concurrency.admit(successors, self._holder)))
        concurrency.release(limited(landed), self._options.lease)
        if self._window.learn(landed):
            self._give_back(self._launcher.take_back())
        return len(reports)

    def _still_held(self, works: list[Work], asked_at: float) -> list[Work]:
        """Leave out what others have by now: leases began at `asked_at`, and answers come late."""
        if not works or time.monotonic() - asked_at < self._options.lease.total_seconds() / 2:
            return works
        fences = {work.execution_id: work.fence for work in works}
        held = claims.renew(self.id, fences, clock.now() + self._options.lease)
        return [work for work in works if work.execution_id in held]

    def _new_lease(self) -> Lease:
        return Lease(self.id, clock.now() + self._options.lease)

    def _wind_down(self) -> int:
        """Let what runs finish for a while, then give back the rest."""
        recorded = self._give_up_runaways()
        until = time.monotonic() + self._options.grace.total_seconds()
        while len(self._flights) > len(self._suspects) and time.monotonic() < until:
            recorded += self._record(self._landings.take(PATIENCE), goes_on=False)
        self._suspects.give_up_all()
        if self._flights:
            self._launcher.take_back()
            self._give_back(self._flights.all())
        return recorded

    def _give_back(self, flights: Sequence[Flight]) -> None:
        """Let others run what this process has not ended."""
        if flights:
            fences, places = fences_of(flights), limited(flights)
            self._flights.remove(flights)
            self._launcher.cancel(flights)
            claims.give_back(self.id, fences)
            concurrency.release(places, self._options.lease)
            wakeups.wake()

    def _give_up_runaways(self) -> int:
        """Record as time-outs what cannot be stopped: this process is about to end."""
        late, holding = self._runaways.overdue()
        for flight in [*late, *holding]:
            logger.error(
                "Step %s of instance %s cannot be stopped: its worker process ends.",
                flight.work.execution.path,
                flight.work.instance_id,
            )
        record([timed_out(flight.work) for flight in late], None, self._stops)
        self._flights.remove([*late, *holding])
        concurrency.release(limited(late), self._options.lease)
        return len(late)


def _loaded(claimed: Sequence[StepExecution]) -> list[Work]:
    """Load executions; one that cannot be loaded is left to its lease, which counts as a crash."""
    try:
        return load(claimed)
    except Exception:
        if len(claimed) > 1:
            return list(itertools.chain.from_iterable(_loaded([one]) for one in claimed))
        logger.exception("Execution %s could not be loaded.", claimed[0].pk)
        return []

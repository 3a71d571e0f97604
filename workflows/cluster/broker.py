"""The django-q2 broker that sleeps until an execution falls due or somebody wakes it.

The executions are the queue; what goes through django-q2 is only the word *drain*, which tells a
worker process to look for itself. Ordinary jobs (`async_task`) are served from django-q2's own
table beside it.
"""

from __future__ import annotations

import logging
import multiprocessing.util
import os
import time
import uuid
from datetime import datetime
from typing import Any, Final

from django.db import connections
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.signing import SignedPackage

from workflows import wakeups
from workflows.cluster import install
from workflows.engine.queue import claims
from workflows.engine.store import clock
from workflows.worker import outages, schedules
from workflows.worker.runnable_definitions import RunnableCode
from workflows.worker.shared_memory import liveness, slots
from workflows.worker.shared_memory.liveness import Sign, Vitals
from workflows.worker.shared_memory.slots import Tickets

logger = logging.getLogger("workflows")

RETURNS_WITHIN: Final = 1.0
"""Seconds that `dequeue` takes at most: django-q2 asks only in between whether to stop."""

LOOKS_EVERY: Final = wakeups.LOOKS_EVERY.total_seconds()

LOOKS_FOR_JOBS_EVERY: Final = 10.0
"""Seconds between unprompted looks at django-q2's own table."""

REST: Final = 0.01
"""Seconds between two looks, however many wake-ups come."""

Package = tuple[int | None, str]


class WakeBroker(ORM):
    """django-q2's ORM broker, without its polling."""

    def __init__(self, list_key: str | None = None) -> None:
        super().__init__(list_key=list_key)
        self._pusher: Pusher | None = None
        # The sentinel makes its broker first of all; nobody else does in a cluster.
        install.become_sentinel()

    def enqueue(self, task: str) -> Any:
        """Store an ordinary job in the caller's transaction, and wake the workers after it."""
        key = super().enqueue(task)
        wakeups.wake_later()
        return key

    def dequeue(self) -> list[Package] | None:
        """Give what is to be done next, or None after a second without; never raises."""
        if self._pusher is None or self._pusher.pid != os.getpid():
            workers = int(Conf.WORKERS)
            self._pusher = Pusher(
                self, slots.shared or Tickets(workers + 1), liveness.shared or Vitals(workers)
            )
        return self._pusher.next_packages()

    def set_stat(self, key: str, value: str, timeout: int) -> None:
        """Store the statistics that the sentinel writes whenever it looks after its processes."""
        if liveness.shared is not None:
            liveness.shared.mark(Sign.GUARDED)
        super().set_stat(key, value, timeout)

    def due_jobs(self) -> list[Package]:
        """Take ordinary jobs that wait, for `Conf.RETRY` seconds, oldest first."""
        now = timezone.now()
        waiting = OrmQ.objects.using(Conf.ORM).filter(key=self.list_key, lock__lte=now)
        return [
            (job.pk, job.payload)
            for job in waiting.order_by("id")[: Conf.BULK]
            if waiting.filter(pk=job.pk, lock=job.lock).update(lock=self.timeout(job))
        ]


class Pusher:
    """What the pusher process, which calls `dequeue` over and over, knows between two calls."""

    def __init__(self, broker: WakeBroker, free: Tickets, vitals: Vitals) -> None:
        self.pid = os.getpid()
        self._broker = broker
        self._tickets = free
        self._vitals = vitals
        self._code = RunnableCode()
        self._listener: wakeups.Listener | None = None
        self._look_at = self._look_for_jobs_at = time.monotonic()
        self._looked_at = 0.0
        self._pause = 0.0
        self._is_woken = False
        vitals.stops = False
        multiprocessing.util.Finalize(None, self._stop, exitpriority=10)

    def next_packages(self) -> list[Package] | None:
        """Look if it is time to; else wait for a wake-up, or for the time, at most a second."""
        self._vitals.mark(Sign.PUSHED)
        try:
            if self._vitals.wants_probe:
                return self._handed_out([(None, drain_package())])
            if time.monotonic() >= self._look_at:
                return self._handed_out(self._look())
            self._wait()
        except (OSError, *outages.LOST) as error:
            outages.database.goes_on(error)
            self._recover()
        except Exception:  # django-q2 stops for ten seconds when this raises.
            logger.exception("The queue could not be read; trying again.")
            self._recover()
        return None

    def _handed_out(self, packages: list[Package]) -> list[Package] | None:
        if packages:
            self._vitals.mark(Sign.ASKED)
        return packages or None

    def _look(self) -> list[Package]:
        self._looked_at = time.monotonic()
        packages: list[Package] = []
        if time.monotonic() >= self._look_for_jobs_at:
            packages += self._broker.due_jobs()
            if len(packages) < Conf.BULK:
                self._look_for_jobs_at = time.monotonic() + LOOKS_FOR_JOBS_EVERY
        due_at = self._next_due()
        outages.database.is_over()
        if due_at is None or due_at > (now := clock.now()):
            self._pause = 0.0
            self._look_at = time.monotonic() + min(
                LOOKS_EVERY, seconds_between(now, due_at) if due_at else LOOKS_EVERY
            )
        else:
            packages += self._drain_packages()
        return packages

    def _next_due(self) -> datetime | None:
        """Give when a worker of this cluster is needed next, as far as can be told."""
        if self._is_woken:
            # It may be the first instance of a version that was stored just now.
            self._is_woken = False
            self._code.refresh()
        else:
            due_at = claims.next_due()
            if due_at is None or due_at > clock.now():
                # While nothing is due, nobody need know which code there is work for.
                return due_at
        return claims.next_due(self._code.ids())

    def _drain_packages(self) -> list[Package]:
        """Send one more worker to work, and look again soon, ever later, whether that is enough."""
        self._pause = min(max(2 * self._pause, 0.02), 0.5)
        self._look_at = time.monotonic() + self._pause
        ticket = self._tickets.take(are_late=self._vitals.has_free_worker)
        return [] if ticket is None else [(None, drain_package(ticket))]

    def _wait(self) -> None:
        if self._listener is None:
            self._listener = wakeups.listener()
            # Whatever was committed before it listened has woken nobody.
            self._look_at = self._look_for_jobs_at = time.monotonic()
            return
        seconds = min(RETURNS_WITHIN, self._look_at - time.monotonic())
        if self._listener.wait(max(seconds, 0.0)):
            self._look_for_jobs_at = time.monotonic()
            self._look_at = max(self._look_for_jobs_at, self._looked_at + REST)
            self._pause = 0.0
            self._is_woken = True

    def _recover(self) -> None:
        """Drop every connection, and wait a little longer after each failure in a row."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        connections.close_all()
        self._pause = min(max(2 * self._pause, 0.1), RETURNS_WITHIN)
        time.sleep(self._pause)
        self._look_at = self._look_for_jobs_at = time.monotonic()

    def _stop(self) -> None:
        """Tell the workers, which django-q2 lets finish their job, that this one should end."""
        if self.pid == os.getpid():
            self._vitals.stops = True
            if self._listener is not None:
                self._listener.close()


def seconds_between(now: datetime, later: datetime) -> float:
    """Give the seconds from one moment to the other."""
    return (later - now).total_seconds()


def drain_package(ticket: int | None = None) -> str:
    """Give a signed job that leaves no row behind and that no clock ends."""
    return str(
        SignedPackage.dumps(
            {
                "id": uuid.uuid4().hex,
                "name": "drain",
                "func": schedules.DRAIN,
                "args": (ticket,),
                "kwargs": {},
                "save": False,
                "timeout": -1,
                "started": timezone.now(),
            }
        )
    )

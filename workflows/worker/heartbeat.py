"""The pulse of a worker process: a thread that renews its leases and says that it lives."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from django.db import Error, connections
from django.db.models.functions import Now

from workflows.engine.maintenance import reconcile
from workflows.engine.queue import claims, concurrency
from workflows.engine.store import clock
from workflows.models import Worker
from workflows.worker import outages, schedules
from workflows.worker.runnable_definitions import RunnableCode
from workflows.worker.running import Flight, Flights

BEATS_EVERY: Final = 10.0
"""Seconds between heartbeats while there is work; without any it says so half as often."""

logger = logging.getLogger("workflows")


class Pulse:
    """Runs until the process ends, on a database connection of its own."""

    def __init__(
        self,
        worker_id: str,
        flights: Flights,
        cancel: Callable[[Sequence[Flight]], None],
        code: RunnableCode,
        lease: timedelta,
    ) -> None:
        self._worker_id = worker_id
        self._flights = flights
        self._cancel = cancel
        self._code = code
        self._lease = lease
        self._stopped = threading.Event()
        self._beat_at = float("-inf")
        self._thread = threading.Thread(target=self._run, daemon=True, name="pulse")

    def start(self) -> None:
        """Announce the worker, and go on saying that it lives."""
        self._thread.start()

    def stop(self) -> None:
        """Say that the worker is gone."""
        self._stopped.set()
        self._thread.join(timeout=1)

    def _run(self) -> None:
        seconds = self._lease.total_seconds() / 4
        while True:
            try:
                self._renew()
                self._beat()
            except outages.LOST as error:
                outages.database.goes_on(error)
                connections.close_all()
            except Exception:  # A pulse that stops costs every lease.
                logger.exception("The leases could not be renewed; trying again.")
                connections.close_all()
            if self._stopped.wait(seconds):
                break
        self._sign_off()

    def _renew(self) -> None:
        held = self._flights.fences()
        if not held:
            return
        still_held = claims.renew(self._worker_id, held, clock.now() + self._lease)
        if places := self._flights.limited():
            concurrency.renew(places, clock.now() + self._lease)
        lost = {number: fence for number, fence in held.items() if number not in still_held}
        self._cancel(self._flights.of(lost))

    def _beat(self) -> None:
        pause = BEATS_EVERY if len(self._flights) else 2 * BEATS_EVERY
        if time.monotonic() - self._beat_at < pause:
            return
        is_first = self._beat_at == float("-inf")
        known = Worker.objects.filter(pk=self._worker_id)
        code = sorted(self._code.ids())
        if is_first or not known.update(heartbeat_at=Now(), definitions=code):
            self._announce(code)
        self._beat_at = time.monotonic()
        outages.database.is_over()

    def _announce(self, code: list[int]) -> None:
        Worker.objects.create(
            pk=self._worker_id,
            host=socket.gethostname(),
            pid=os.getpid(),
            started_at=Now(),
            heartbeat_at=Now(),
            definitions=code,
        )
        schedules.schedule_jobs()
        reconcile.unblock(code)

    def _sign_off(self) -> None:
        try:
            Worker.objects.filter(pk=self._worker_id).delete()
        except Error:
            logger.warning("The worker's row stays behind until it is stale.", exc_info=True)
        connections.close_all()

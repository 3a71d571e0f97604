"""A worker without django-q2: drains, waits for work, and drains again until it is stopped."""

from __future__ import annotations

import signal
import time

from django.db import Error, close_old_connections, connections

from workflows import wakeups, worker
from workflows.wakeups import LOOKS_EVERY
from workflows.worker import outages


def work_until_stopped() -> None:
    """Work until SIGTERM or Ctrl-C; what runs then has a while to finish."""
    worker.start()
    signal.signal(signal.SIGINT, signal.getsignal(signal.SIGTERM))
    while not worker.stops():
        try:
            _work_while_connected()
        except (OSError, Error) as error:
            outages.database.goes_on(error)
            connections.close_all()
            time.sleep(1)


def _work_while_connected() -> None:
    runner = worker.start()
    line = wakeups.listener()
    try:
        while not worker.stops():
            close_old_connections()
            worker.drain()
            outages.database.is_over()
            line.wait(min(runner.next_due_in(), LOOKS_EVERY.total_seconds()))
    finally:
        line.close()

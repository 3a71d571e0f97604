"""A worker without django-q2: drains, waits for work, and drains again until it is stopped."""

from __future__ import annotations

import logging
import signal
import time

from django.db import Error, close_old_connections, connections

from workflows import wakeups, worker
from workflows.queue import LOOKS_EVERY

logger = logging.getLogger("workflows")


def work_until_stopped() -> None:
    """Work until SIGTERM or Ctrl-C; what runs then has a while to finish."""
    worker.start()
    signal.signal(signal.SIGINT, signal.getsignal(signal.SIGTERM))
    while not worker.stops():
        try:
            _work_while_connected()
        except (OSError, Error) as error:
            logger.warning("The work cannot be read; trying again: %s", error)
            connections.close_all()
            time.sleep(1)


def _work_while_connected() -> None:
    runner = worker.start()
    line = wakeups.listener()
    try:
        while not worker.stops():
            close_old_connections()
            worker.drain()
            line.wait(min(runner.next_due_in(), LOOKS_EVERY.total_seconds()))
    finally:
        line.close()

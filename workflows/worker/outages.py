"""Outages of the database: which errors mean one, and how they are told without filling the log."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from django.db import InterfaceError, InternalError, OperationalError, connection

LOST: Final = (InterfaceError, InternalError, OperationalError)
"""What the database raises for reasons of its own, so that the same may work a little later.

InternalError is what PostgreSQL raises while it can only be read, as a standby is until it takes
over, and when it has ended a transaction that took too long.
"""

SAID_EVERY: Final = 60.0
"""Seconds between two lines about one outage."""

ASKS_EVERY: Final = 1.0
"""Seconds between questions to a database that does not answer."""

logger = logging.getLogger("workflows")


class Outage:
    """What one process says of a database that it cannot use; its threads may share it.

    `met` counts the errors, so that somebody who was not told of one sees that there was one.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began_at: float | None = None
        self._said_at = float("-inf")
        self.met = 0

    def goes_on(self, error: BaseException) -> None:
        """Say that the database cannot be used and why, in one line, once a minute at most."""
        now = time.monotonic()
        with self._lock:
            self.met += 1
            if now - self._said_at < SAID_EVERY:
                return
            self._said_at = now
            if self._began_at is None:
                self._began_at = now
        logger.warning("The database cannot be used; trying again until it can: %s", in_line(error))

    def is_over(self) -> None:
        """Say that the database can be used again, if it was said that it cannot."""
        with self._lock:
            began_at, self._began_at = self._began_at, None
        if began_at is not None:
            logger.warning(
                "The database can be used again after %.1f s.", time.monotonic() - began_at
            )


def wait_for_database(stops: Callable[[], bool] = lambda: False) -> None:
    """Come back when the database answers, however long that takes, unless `stops` says so."""
    while not stops():
        try:
            connection.ensure_connection()
        except LOST as error:
            database.goes_on(error)
            time.sleep(ASKS_EVERY)
        else:
            return


def in_line(error: BaseException) -> str:
    """Give an error as one line: what libpq says has several."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


database: Final = Outage()
"""That of this process."""

"""The ear of a worker process: hears of new work while the process is busy with old."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from django.db import Error, connections

from workflows import wakeups
from workflows.worker import outages

LISTENS_FOR: Final = 1.0
"""Seconds after which it sees that it should stop."""


class Ear:
    """A thread that listens from the first time that somebody asks it to.

    A free process is woken by the broker; one whose steps take long, and that has slots left, must
    hear of work by itself.
    """

    def __init__(self, heard: Callable[[], None]) -> None:
        self._heard = heard
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def listen(self) -> None:
        """Listen from now on; costs nothing where it already does."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name="ear")
            self._thread.start()

    def stop(self) -> None:
        """Listen no longer."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=2 * LISTENS_FOR)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except (OSError, Error) as error:
                outages.database.goes_on(error)
                self._stopped.wait(LISTENS_FOR)
        connections.close_all()

    def _listen(self) -> None:
        line = wakeups.listener()
        try:
            self._heard()
            while not self._stopped.is_set():
                if line.wait(LISTENS_FOR):
                    self._heard()
        finally:
            line.close()

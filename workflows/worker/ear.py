"""The ear of a worker process: hears of new work while the process is busy with old."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import Error, connections

from workflows import wakeups

logger = logging.getLogger("workflows")


class Ear:
    """A thread that listens from the first time that somebody asks it to.

    A free process is woken by the broker; one whose steps take long, and that has slots left, must
    hear of work by itself.
    """

    def __init__(self, heard: Callable[[], None]) -> None:
        self._heard = heard
        self._thread: threading.Thread | None = None

    def listen(self) -> None:
        """Listen from now on; costs nothing where it already does."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name="ear")
            self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                self._listen()
            except (OSError, Error) as error:
                logger.warning("Wake-ups cannot be heard; trying again: %s", error)
                connections.close_all()
                time.sleep(1)

    def _listen(self) -> None:
        line = wakeups.listener()
        try:
            self._heard()
            while True:
                if line.wait(60.0):
                    self._heard()
        finally:
            line.close()

"""What was promised: every acknowledged verb, decision and call, to be found again later."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Promise:
    """A 2xx, a redirect, or a verb that returned: this must have happened, and once."""

    kind: str
    """Of the event that says so, or `call` for what has one of several."""

    instance_id: uuid.UUID
    word: str
    """A text that is in what was handed in, and nowhere else."""

    subject: Any = None
    """The task's or the execution's id."""


class Promises:
    """All promises; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: list[Promise] = []
        self._cancels: set[uuid.UUID] = set()

    def add(self, promise: Promise) -> None:
        """Keep what was acknowledged."""
        with self._lock:
            self._made.append(promise)

    def made(self) -> list[Promise]:
        """Give all of them, in order."""
        with self._lock:
            return list(self._made)

    def may_cancel(self, instance_id: uuid.UUID) -> None:
        """Keep in mind that somebody tries to, whatever the answer will be."""
        with self._lock:
            self._cancels.add(instance_id)

    def cancels(self) -> set[uuid.UUID]:
        """Give the instances that somebody tried to cancel."""
        with self._lock:
            return set(self._cancels)

"""Which workflow versions this process has the code for, asked for as seldom as possible."""

from __future__ import annotations

import threading
import time
from typing import Final

from workflows.engine.definitions import stored

TRUSTED_FOR: Final = 5.0
"""Seconds after which the answer is asked for again: another process may have stored a version."""


class RunnableCode:
    """The ids of the stored definitions that this process can run; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: frozenset[int] = frozenset()
        self._expires_at = float("-inf")

    def ids(self) -> frozenset[int]:
        """Give the ids; issues a statement at most once in five seconds."""
        if time.monotonic() >= self._expires_at:
            self.refresh()
        return self._ids

    def refresh(self) -> bool:
        """Ask again; tell whether that made a difference."""
        with self._lock:
            before, self._ids = self._ids, frozenset(stored.runnable_ids())
            self._expires_at = time.monotonic() + TRUSTED_FOR
            return self._ids != before

"""Which workflow versions this process has the code for, asked for as seldom as possible."""

from __future__ import annotations

import threading
import time
from typing import Final

from workflows.engine import definitions

TRUSTED_FOR: Final = 30.0
"""Seconds after which the answer is asked for again: another process may have stored a version."""

FRESH_FOR: Final = 1.0
"""Seconds within which not even a good reason makes it ask again."""


class RunnableCode:
    """The ids of the stored definitions that this process can run; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: frozenset[int] = frozenset()
        self._asked_at = float("-inf")
        self._expires_at = float("-inf")

    def ids(self) -> frozenset[int]:
        """Give the ids; issues a statement at most once in 30 s, unless `doubt` is raised."""
        with self._lock:
            now = time.monotonic()
            if now >= self._expires_at:
                self._ids = frozenset(definitions.runnable_ids())
                self._asked_at, self._expires_at = now, now + TRUSTED_FOR
            return self._ids

    def doubt(self) -> None:
        """Ask again soon: there may be a version that was stored since."""
        with self._lock:
            self._expires_at = min(self._expires_at, self._asked_at + FRESH_FOR)

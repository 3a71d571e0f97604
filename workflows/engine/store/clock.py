"""The engine's one clock: the database's where many hosts share it, the process's on SQLite."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connection

MEASURED_FOR: Final = 30.0
"""Seconds after which the database is asked again; quartz drifts a millisecond in that time."""

_said: ContextVar[datetime | None] = ContextVar("said", default=None)


@dataclass(frozen=True)
class _Sample:
    """What the database's clock showed between two moments of this process's monotonic clock."""

    shown: datetime
    asked_at: float
    answered_at: float


_sample: _Sample | None = None


def now() -> datetime:
    """Give the moment, aware and in UTC, as the database sees it.

    PostgreSQL is asked once in 30 s per process; in between the process's monotonic clock carries
    on from its answer, so that a moment costs no statement and a jump of this host's clock does no
    harm. The result is late by at most the answer's travel time, never early: what falls due by it
    does not fall due before its time.
    """
    return _said.get() or _bounds()[1]


def passed() -> datetime:
    """Give a moment that has passed for the database too: for what is to be due at once.

    It is earlier than `now` by the answer's travel time, which is long where a host is busy.
    """
    return _said.get() or _bounds()[0]


def said() -> datetime | None:
    """Give the moment that `at` has set, or None while the clock runs."""
    return _said.get()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be this moment, in this thread and its coroutines, until the block ends."""
    # In UTC, so that what is added to it is time that passes, also where clocks are changed.
    token = _said.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _said.reset(token)


def measure() -> _Sample:
    """Ask the database for its time now, whatever it said before; `now` does so when it is old."""
    global _sample
    asked_at = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (shown,) = cursor.fetchone()
    _sample = sample = _Sample(shown.astimezone(UTC), asked_at, time.monotonic())
    return sample


def _bounds() -> tuple[datetime, datetime]:
    """Give the earliest and the latest moment that it may be for the database."""
    if connection.vendor != "postgresql":
        moment = datetime.now(UTC)
        return moment, moment
    sample = _sample
    if sample is None or time.monotonic() - sample.asked_at > MEASURED_FOR:
        sample = measure()
    at = time.monotonic()
    earliest, latest = at - sample.answered_at, at - sample.asked_at
    return sample.shown + timedelta(seconds=earliest), sample.shown + timedelta(seconds=latest)

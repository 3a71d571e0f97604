"""The engine's side of django-q2: waking its workers, and the jobs that they know by name."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection, transaction
from django.utils import timezone
from django_q.models import Schedule

from workflows import wakeups

DRAIN: Final = "workflows.jobs.drain"
RECONCILE: Final = "workflows.jobs.reconcile"
SWEEP: Final = "workflows.jobs.sweep"
JOBS: Final = (DRAIN, RECONCILE, SWEEP)
"""Dotted names of what a worker may be told to call."""

EVERY_MINUTES: Final = {RECONCILE: 1, SWEEP: 60}
"""What the workers do again and again, whatever else there is to do."""

LOOKS_EVERY: Final = timedelta(seconds=5)
"""How often the workers look for due work without being woken, in case a wake-up was lost."""

logger = logging.getLogger("workflows")


def wake_later() -> None:
    """Wake the workers once this transaction has committed; once, however often it is called."""
    if not any(function is wake for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(wake)


def wake_before(due_at: datetime, now: datetime) -> None:
    """Wake the workers after this transaction if `due_at` comes before they look by themselves."""
    if due_at - now < LOOKS_EVERY + timedelta(seconds=1):
        wake_later()


def wake() -> None:
    """Wake the workers now; what cannot be sent is logged, as the work is safe without it."""
    try:
        wakeups.send()
    except (OSError, Error, ImproperlyConfigured) as error:
        logger.warning("Workers could not be woken and will look by themselves: %s", error)


def schedule_jobs(**_: Any) -> None:
    """Have the workers reconcile every minute and sweep every hour; known schedules stay."""
    known = set(Schedule.objects.filter(func__in=EVERY_MINUTES).values_list("func", flat=True))
    for job, minutes in EVERY_MINUTES.items():
        if job not in known:
            Schedule.objects.create(
                name=job.rpartition(".")[2],
                func=job,
                schedule_type=Schedule.MINUTES,
                minutes=minutes,
                next_run=timezone.now() + timedelta(minutes=minutes),
            )

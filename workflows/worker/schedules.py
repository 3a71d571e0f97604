"""The jobs that django-q2's workers know by name, and the schedules that repeat them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django_q.models import Schedule

DRAIN: Final = "workflows.jobs.drain"
RECONCILE: Final = "workflows.jobs.reconcile"
SWEEP: Final = "workflows.jobs.sweep"
JOBS: Final = (DRAIN, RECONCILE, SWEEP)
"""Dotted names of what a worker may be told to call."""

EVERY_MINUTES: Final = {RECONCILE: 1, SWEEP: 60}
"""What the workers do again and again, whatever else there is to do."""


def schedule_jobs() -> None:
    """Have the workers reconcile every minute and sweep every hour, each by one schedule.

    A known schedule stays as it is. Of several for one job, as workers of earlier releases that
    started together made them, the first stays.
    """
    with transaction.atomic():
        _wait_for_others()
        known: dict[str, Schedule] = {}
        for schedule in Schedule.objects.filter(func__in=EVERY_MINUTES).order_by("pk"):
            if known.setdefault(schedule.func, schedule) is not schedule:
                schedule.delete()
        for job, minutes in EVERY_MINUTES.items():
            if job not in known:
                Schedule.objects.create(
                    name=job.rpartition(".")[2],
                    func=job,
                    schedule_type=Schedule.MINUTES,
                    minutes=minutes,
                    next_run=timezone.now() + timedelta(minutes=minutes),
                )


def _wait_for_others() -> None:
    """Let one process at a time look and add: django-q2's table has no constraint that would.

    On SQLite the transaction has begun with a lock on the whole file.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [__name__])

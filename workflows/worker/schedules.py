"""The jobs that django-q2's workers know by name, and the schedules that repeat them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

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

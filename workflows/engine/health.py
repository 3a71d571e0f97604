"""Whether work that is due is being done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from workflows.engine.clock import now
from workflows.models.step_executions import ExecutionQuerySet, StepExecution
from workflows.models.workers import Worker

PATIENCE = timedelta(seconds=60)
HEARTBEAT_LASTS = timedelta(seconds=30)


def worker_lives() -> bool:
    """Whether any worker has sent a heartbeat lately."""
    return Worker.objects.filter(heartbeat_at__gt=now() - HEARTBEAT_LASTS).exists()


def code_of_workers() -> frozenset[int]:
    """Give the ids of the stored definitions that living workers have the code for."""
    alive = Worker.objects.filter(heartbeat_at__gt=now() - HEARTBEAT_LASTS)
    known = alive.values_list("definitions", flat=True)
    return frozenset(number for numbers in known for number in numbers)


def work_is_stalled() -> bool:
    """Whether work has been due for more than a minute and no worker lives."""
    return not worker_lives() and _overdue(now() - PATIENCE).exists()


def _overdue(since: datetime) -> ExecutionQuerySet:
    # Whatever makes an execution ready changes its instance in the same transaction.
    return StepExecution.objects.filter(
        Q(status="ready", instance__changed_at__lt=since)
        | Q(status="scheduled", due_at__lt=since)
        | Q(status="running", lease_until__lt=since)
    )

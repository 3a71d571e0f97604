"""Whether work that is due is being done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from workflows.engine.queue.sql import moment
from workflows.engine.store.clock import now
from workflows.models.workers import Worker

PATIENCE = timedelta(seconds=60)
HEARTBEAT_LASTS = timedelta(seconds=30)

# Each part has a partial index of its own, which one condition on all of them would not have.
# Whatever makes an execution ready changes its instance in the same transaction.
OVERDUE: Final = """
SELECT EXISTS (
    SELECT 1 FROM workflows_stepexecution AS execution
    JOIN workflows_workflowinstance AS instance ON instance.id = execution.instance_id
    WHERE execution.status = 'ready' AND instance.changed_at < %s
) OR EXISTS (
    SELECT 1 FROM workflows_stepexecution WHERE status = 'scheduled' AND due_at < %s
) OR EXISTS (
    SELECT 1 FROM workflows_stepexecution WHERE status = 'running' AND lease_until < %s
)
"""


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
    return not worker_lives() and _is_overdue(now() - PATIENCE)


def _is_overdue(since: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(OVERDUE, [moment(since)] * 3)
        (found,) = cursor.fetchone()
    return bool(found)

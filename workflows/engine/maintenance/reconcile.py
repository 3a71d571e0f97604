"""Mends, once a minute, what no fault should ever have left, and blocks what nobody can run."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet

from workflows.engine.definitions.stored import code_of
from workflows.engine.queue import sql
from workflows.engine.store.clock import now
from workflows.engine.store.select import IS_CLOSED, places
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.incidents import open_incident
from workflows.engine.transitions.transition import lock_one
from workflows.exceptions import UnknownWorkflow
from workflows.models import (
    ExecutionStatus,
    Incident,
    IncidentKind,
    Phase,
    StepExecution,
    StoredDefinition,
    Worker,
)
from workflows.wakeups import wake_later

STALE_AFTER: Final = timedelta(seconds=60)
"""How old the last heartbeat of a worker is that counts as dead: three of them were missed."""

ANNOUNCED_AFTER: Final = timedelta(seconds=60)
"""After which every worker has said whether it has the code of a version that is used first."""

AT_ONCE: Final = 500
"""Executions that one run blocks at most; the next one is a minute away."""

# What is looked for stands in the texts, not in parameters: only then do the partial indexes serve,
# and a look costs the same however many executions sleep, or have ended.
STUCK: Final = """
SELECT id FROM workflows_stepexecution
WHERE status = 'ready' AND definition_id IN ({unknown})
UNION ALL
SELECT id FROM workflows_stepexecution
WHERE status = 'scheduled' AND due_at <= %s AND definition_id IN ({unknown})
LIMIT %s
"""

LEFT_OPEN: Final = """
SELECT id FROM workflows_stepexecution AS left_open
WHERE status = 'waiting' AND kind = 'group' AND pending = 0 AND NOT EXISTS (
    SELECT 1 FROM workflows_stepexecution AS child
    WHERE child.instance_id = left_open.instance_id AND child.scope = left_open.id
    AND child.status NOT IN ({closed})
)
LIMIT %s
"""

logger = logging.getLogger("workflows")


def reconcile() -> None:
    """Forget dead workers, block and unblock executions, and end groups that were left open."""
    moment = now()
    Worker.objects.filter(heartbeat_at__lt=moment - STALE_AFTER).delete()
    known = list(Worker.objects.values_list("definitions", flat=True))
    if known:
        code = {number for numbers in known for number in numbers}
        block(code, moment)
        unblock(code)
    end_open_groups()


def block(code: Collection[int], moment: datetime) -> None:
    """Mark what is due and what no living worker has the code for, and tell administrators."""
    stored = StoredDefinition.objects.filter(created_at__lt=moment - ANNOUNCED_AFTER)
    unknown = list(stored.exclude(pk__in=code).values_list("pk", flat=True))
    if not unknown:
        return
    due_at = sql.moment(moment)
    found = _found(STUCK.format(unknown=places(len(unknown))), *unknown, due_at, *unknown, AT_ONCE)
    for execution in found.select_related("definition").defer("definition__content", "result"):
        with transaction.atomic():
            transition = lock_one(execution.instance_id, moment)
            if _move(execution, ExecutionStatus.BLOCKED):
                path, cause = execution.path, why_not_run(execution.definition)
                transition.record("step.blocked", path=path, execution_id=execution.pk)
                open_incident(transition, execution.pk, path, cause, IncidentKind.BLOCKED)
                write([transition])


def why_not_run(definition: StoredDefinition) -> str:
    """Say why no worker can run a version: its code is gone, or has another graph now."""
    try:
        code_of(definition)
    except UnknownWorkflow as error:
        return str(error)
    return f"No worker has the code of {definition}."


def unblock(code: Collection[int]) -> None:
    """Make ready what was blocked and what this code can run."""
    # Each is told to administrators, and of what is told there is less to look through.
    told = Incident.objects.filter(kind=IncidentKind.BLOCKED, resolved_at=None)
    blocked = StepExecution.objects.filter(status=ExecutionStatus.BLOCKED, definition__in=code)
    for execution in blocked.filter(pk__in=told.values("execution")).defer("result"):
        with transaction.atomic():
            transition = lock_one(execution.instance_id, now())
            if _move(execution, ExecutionStatus(transition.ready_or_held)):
                transition.record("step.unblocked", path=execution.path, execution_id=execution.pk)
                open_incidents = Incident.objects.filter(execution=execution, resolved_at=None)
                open_incidents.filter(kind=IncidentKind.BLOCKED).update(resolved_at=transition.at)
                write([transition])
                wake_later()


def end_open_groups() -> None:
    """Let a group go on whose children have all ended, which their own ends should have done."""
    for group in _found(LEFT_OPEN.format(closed=IS_CLOSED), AT_ONCE):
        logger.error("Group execution %s was left open by its children.", group.pk)
        with transaction.atomic():
            if _move(group, ExecutionStatus.READY, phase=Phase.LEAVE):
                wake_later()


def _found(statement: str, *parameters: Any) -> QuerySet[StepExecution]:
    """Give the executions whose numbers a statement selects."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        numbers = [number for (number,) in cursor.fetchall()]
    return StepExecution.objects.filter(pk__in=numbers)


def _move(execution: StepExecution, status: ExecutionStatus, **changes: str) -> bool:
    """Change the status unless it was changed meanwhile; a timer that is due has had its time."""
    unchanged = StepExecution.objects.filter(
        pk=execution.pk, status=execution.status, fence=execution.fence
    )
    return bool(unchanged.update(status=status, due_at=None, **changes))

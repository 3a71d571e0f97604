"""Mends, once a minute, what no fault should ever have left, and blocks what nobody can run."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from workflows.engine.clock import now
from workflows.engine.definitions import code_of
from workflows.engine.incidents import open_incident
from workflows.engine.transition import lock_one
from workflows.engine.writing import write
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
from workflows.queue import wake_later

STALE_AFTER: Final = timedelta(seconds=60)
"""How old the last heartbeat of a worker is that counts as dead: three of them were missed."""

ANNOUNCED_AFTER: Final = timedelta(seconds=60)
"""After which every worker has said whether it has the code of a version that is used first."""

AT_ONCE: Final = 500
"""Executions that one run blocks at most; the next one is a minute away."""

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
    due = Q(status=ExecutionStatus.READY) | Q(status=ExecutionStatus.SCHEDULED, due_at__lte=moment)
    stored = Q(definition__created_at__lt=moment - ANNOUNCED_AFTER)
    nobody_runs = StepExecution.objects.filter(due, stored).exclude(definition__in=code)
    stuck = nobody_runs.select_related("definition").defer("definition__content", "result")
    for execution in stuck[:AT_ONCE]:
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
    blocked = StepExecution.objects.filter(status=ExecutionStatus.BLOCKED, definition__in=code)
    for execution in blocked.defer("result"):
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
    # What is asked for twice here is what an index is for.
    children = StepExecution.objects.filter(instance=OuterRef("instance"), scope=OuterRef("pk"))
    waiting = StepExecution.objects.active().filter(status=ExecutionStatus.WAITING)
    open_groups = waiting.filter(~Exists(children.active()), kind="group", pending=0)
    for group in open_groups[:AT_ONCE]:
        logger.error("Group execution %s was left open by its children.", group.pk)
        with transaction.atomic():
            if _move(group, ExecutionStatus.READY, phase=Phase.LEAVE):
                wake_later()


def _move(execution: StepExecution, status: ExecutionStatus, **changes: str) -> bool:
    """Change the status unless it was changed meanwhile; a timer that is due has had its time."""
    unchanged = StepExecution.objects.filter(
        pk=execution.pk, status=execution.status, fence=execution.fence
    )
    return bool(unchanged.update(status=status, due_at=None, **changes))

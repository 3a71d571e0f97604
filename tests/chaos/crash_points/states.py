"""What is compared of instances: everything but ids, moments, and how often a worker was lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from workflows.engine import queries
from workflows.models import (
    Event,
    HumanTask,
    Incident,
    StepExecution,
    TaskAccess,
    WebhookToken,
    WorkflowInstance,
)
from workflows.models.step_executions import LINK

VOLATILE: Final = frozenset({"again_at", "data_revision", "due_at", "receipt"})
"""What events say of moments, and of the order of writes in parallel branches."""

LEDGER: Final = "ledger"
"""The name under which instances know their ledger, of which each performance has its own."""

State = dict[str, Any]


def state_of(instance: WorkflowInstance) -> State:
    """Give all that must be the same whether or not a process has died on the way."""
    rows = {row.pk: row for row in StepExecution.objects.filter(instance=instance)}
    return {
        "status": instance.status,
        "error": _settled(instance.error),
        "data": {name: value for name, value in instance.data.items() if name != LEDGER},
        "data revision": instance.data_revision,
        "visits": instance.visits,
        "suspended": instance.suspended_at is not None,
        "ended": instance.finished_at is not None,
        "executions": _sorted(_execution(row, rows) for row in rows.values()),
        "events": _events(instance),
        "tasks": _sorted(map(_task, HumanTask.objects.filter(instance=instance))),
        "incidents": _sorted(map(_incident, Incident.objects.filter(instance=instance))),
        "calls": _sorted(map(_call, WebhookToken.objects.filter(instance=instance))),
    }


def faults_of(instance: WorkflowInstance) -> list[str]:
    """Say what no instance may ever show once nothing runs."""
    found = []
    numbers = list(Event.objects.filter(instance=instance).values_list("seq", flat=True))
    if sorted(numbers) != list(range(1, instance.last_seq + 1)):
        found.append(f"The events are numbered {sorted(numbers)}, up to {instance.last_seq}.")
    rows = StepExecution.objects.filter(instance=instance)
    found += [f"{row.path} still runs." for row in rows.filter(status="running")]
    if instance.has_ended:
        found += [f"{row.path} is {row.status} in an ended instance." for row in rows.active()]
    visits = Counter((row.path, row.scope, row.visit) for row in rows)
    found += [f"{visit} is there {count} times." for visit, count in visits.items() if count > 1]
    found += queries.check_receipts(instance).problems
    return found


def running_in(instances: Iterable[WorkflowInstance]) -> int:
    """Give how many executions somebody is running, or has died of."""
    return StepExecution.objects.filter(instance__in=list(instances), status="running").count()


def _execution(row: StepExecution, rows: dict[int, StepExecution]) -> tuple[Any, ...]:
    # Of the branches that a step has waited for, whichever came last is its predecessor.
    previous = rows.get(row.previous_id or 0) if len(row.arrived) < 2 else None
    scope = rows.get(row.scope)
    # A link is numbered by the revision at which it was left, and a death may cost one more. What
    # has ended keeps the time of a sleep, as of one until a dead process's place was free.
    visit = None if row.kind == LINK else row.visit
    return (
        row.path,
        visit,
        (scope.path, scope.visit) if scope else None,
        (previous.path, previous.visit) if previous else None,
        row.status,
        row.phase,
        row.attempt,
        row.pending,
        sorted(row.arrived),
        row.result,
        _settled(row.error),
        row.due_at is not None and row.finished_at is None,
        row.finished_at is not None,
    )


def _events(instance: WorkflowInstance) -> dict[str, list[Any]]:
    """Give the history by step: parallel branches may go on in another order."""
    found: dict[str, list[Any]] = {}
    for event in Event.objects.filter(instance=instance).order_by("seq"):
        data = {name: value for name, value in event.data.items() if name not in VOLATILE}
        line = (event.kind, event.actor_id, event.via, _settled(repr(data)))
        found.setdefault(event.path, []).append(line)
    return found


def _task(task: HumanTask) -> tuple[Any, ...]:
    access = TaskAccess.objects.filter(task=task).values_list("principal", "relation", "open")
    return (
        task.step,
        task.status,
        task.title,
        task.outcome,
        task.assignee_id,
        task.decided_by_id,
        task.submission_id,
        task.closed_at is not None,
        sorted(access),
    )


def _incident(incident: Incident) -> tuple[Any, ...]:
    path, is_open = incident.execution.path, incident.resolved_at is None
    return (path, incident.kind, _settled(incident.cause), is_open)


def _call(row: WebhookToken) -> tuple[Any, ...]:
    received, closed = row.received_at is not None, row.closed_at is not None
    return (row.path, row.visit, row.payload, row.delivery_id, received, closed)


def _settled(text: str) -> str:
    """Take out ids, and how often a worker was lost: once more where one died on purpose."""
    without_ids = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "an id", text)
    return re.sub(r"lost \d+ times", "lost so many times", without_ids)


def _sorted(found: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(found, key=repr)

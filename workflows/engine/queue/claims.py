"""Claims: which executions are due, who runs them, and until when nobody else may."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import F

from workflows.engine.queue.sql import NEXT_DUE, claim_statement, handing_back, renewal
from workflows.engine.store import clock
from workflows.engine.store.columns import columns
from workflows.engine.store.select import executions_of, places
from workflows.engine.store.sqlite_lock import turn
from workflows.models import ExecutionStatus, StepExecution

AT_ONCE: Final = 200
"""Executions claimed by one statement at most."""


@dataclass(frozen=True)
class Lease:
    """A worker's promise to have finished, or to have renewed it, before a moment."""

    worker_id: str
    until: datetime


def claim(
    worker_id: str,
    limit: int,
    *,
    lease: timedelta,
    definitions: Collection[int],
    now: datetime | None = None,
) -> list[StepExecution]:
    """Take at most `limit` due executions whose definition is in `definitions`, in one statement.

    Due is what is ready, what is scheduled for now or earlier, and what another worker has lost:
    running, with a lease that is over, which counts as a crash. Each comes back running, with a
    new fence. What was scheduled or lost goes first, in the order in which it fell due, then what
    is ready, by priority and age.
    """
    if limit < 1 or not definitions:
        return []
    statement, parameters = claim_statement(
        worker_id=worker_id,
        limit=min(limit, AT_ONCE),
        lease=lease,
        definitions=sorted(definitions),
        now=now or clock.said(),
    )
    with turn(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        claimed = executions_of(cursor)
    return sorted(claimed, key=_turn)


def _turn(execution: StepExecution) -> tuple[Any, ...]:
    """Where an execution comes among those that were claimed with it."""
    if execution.due_at is not None:
        return (0, execution.due_at, execution.id)
    return (1, -execution.priority, execution.id)


def renew(worker_id: str, held: Mapping[int, int], until: datetime) -> set[int]:
    """Put off the end of the leases on `held` (execution id → fence); give the ids still held."""
    return _ids(*renewal(worker_id, held.items(), until)) if held else set()


def give_back(worker_id: str, held: Mapping[int, int]) -> set[int]:
    """Make `held` (execution id → fence) ready again; a result that still comes is refused."""
    return _ids(*handing_back(worker_id, held.items())) if held else set()


def give_back_all_but(worker_id: str, held: Collection[int]) -> int:
    """Make ready again what the worker was given without knowing it; give how much that was.

    It does not know of a claim, or of successors, whose commit was not answered any more. `held` is
    what it knows of (execution ids).
    """
    unknown = StepExecution.objects.filter(status="running", lease_owner=worker_id)
    return unknown.exclude(pk__in=held).update(
        status="ready", fence=F("fence") + 1, lease_owner="", lease_until=None
    )


def put_off(worker_id: str, held: Mapping[int, int], until: datetime) -> None:
    """Let nobody run `held` (execution id → fence) before a moment."""
    for number, fence in held.items():
        mine = StepExecution.objects.filter(pk=number, fence=fence, lease_owner=worker_id)
        mine.filter(status=ExecutionStatus.RUNNING).update(
            status=ExecutionStatus.SCHEDULED,
            fence=fence + 1,
            due_at=until,
            lease_owner="",
            lease_until=None,
        )


def next_due(definitions: Collection[int] | None = None) -> datetime | None:
    """Give the earliest moment at which any execution needs a worker; None is never.

    With `definitions` (ids) only executions of these count.
    """
    if definitions is not None and not definitions:
        return None
    chosen = sorted(definitions or ())
    condition = f"AND definition_id IN ({places(len(chosen))})" if chosen else ""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_DUE.format(condition=condition), chosen * 3)
        is_ready, *moments = cursor.fetchone()
    if is_ready:
        return clock.now()
    (due_at,) = columns(StepExecution, ("due_at",), connection.vendor).all
    return min(filter(None, map(due_at.read, moments)), default=None)


def _ids(statement: str, parameters: list[Any]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {execution_id for (execution_id,) in cursor.fetchall()}

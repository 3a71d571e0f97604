"""What somebody's act has left on a task, to be told from what was done to it since."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery

from workflows.engine.access.rows import of_user
from workflows.engine.access.task_states import MOVES
from workflows.models.events import Event
from workflows.models.tasks import HumanTask, Relation, TaskAccess, TaskQuerySet

KINDS: Final = tuple(sorted({move.event for move in MOVES}))


def with_traces(tasks: TaskQuerySet, user: Any) -> TaskQuerySet:
    """Let tasks be read with what `last_move` and `snooze_of` ask for, in the same statement."""
    moves = _moves(instance=OuterRef("instance"), execution=OuterRef("execution"))
    snoozed = _snoozes(user, task=OuterRef("pk"))
    return tasks.annotate(
        trace_of_move=Subquery(moves.values("seq")[:1]),
        trace_of_snooze=Subquery(snoozed.values("pk")[:1]),
    )


def last_move(task: HumanTask) -> int:
    """Give the number of the newest event that has changed a task's state."""
    if "trace_of_move" in vars(task):
        return vars(task)["trace_of_move"] or 0
    return _first(_moves(instance=task.instance_id, execution=task.execution_id), "seq")


def own_move(task: HumanTask, user: Any, *, via: str) -> int:
    """Give the number of the newest such event of one person's, by one way; 0 for none."""
    moves = _moves(instance=task.instance_id, execution=task.execution_id)
    return _first(moves.filter(actor=user, via=via), "seq")


def snooze_of(task: HumanTask, user: Any, *, until: datetime | None = None) -> int:
    """Give the number of the one act by which somebody has put a task off; 0 where none stands.

    With `until`, only where it was put off until just then.
    """
    if until is None and "trace_of_snooze" in vars(task):
        return vars(task)["trace_of_snooze"] or 0
    rows = _snoozes(user, task=task)
    return _first(rows if until is None else rows.filter(sort_at=until), "pk")


def _moves(**of: Any) -> QuerySet[Event]:
    return Event.objects.filter(kind__in=KINDS, **of).order_by("-seq")


def _snoozes(user: Any, **of: Any) -> QuerySet[TaskAccess]:
    return TaskAccess.objects.filter(
        principal=of_user(user.pk), relation=Relation.SNOOZED, open=True, **of
    )


def _first(rows: QuerySet[Any], name: str) -> int:
    return rows.values_list(name, flat=True).first() or 0

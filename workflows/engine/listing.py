"""The lists and counts of the inbox, read from access rows."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery

from workflows.engine.access import principals
from workflows.engine.access_rows import of_user
from workflows.models.tasks import Relation, TaskAccess

VIEWS = ("mine", "team", "done")
CAPPED_AT = 100
"""Counts stop here: a page says 99+ rather than count on."""


def tasks_for(user: Any, view: str) -> QuerySet[TaskAccess]:
    """One access row per task of a view, sorted by due date; what is done, newest first.

    Views: `mine` (assigned to the user), `team` (offered to the user or their groups, and
    taken by nobody), `done` (decided by the user).
    """
    rows = TaskAccess.objects.select_related(
        "task",
        "task__instance",
        "task__instance__definition",
        "task__instance__started_by",
        "task__assignee",
    ).defer("task__instance__data", "task__instance__visits", "task__instance__metadata")
    match view:
        case "mine":
            return _mine(rows, user).order_by("sort_at", "task_id")
        case "team":
            return _once_per_task(_team(rows, user), user).order_by("sort_at", "task_id")
        case "done":
            done = rows.filter(principal=of_user(user.pk), relation=Relation.DECIDER)
            return done.order_by("-sort_at", "-task_id")
    raise ValueError(f"There is no view {view!r}; there are {', '.join(VIEWS)}.")


def count_tasks(user: Any) -> dict[str, int]:
    """How many tasks are in `mine` and `team`, at most CAPPED_AT each; one statement."""
    rows = TaskAccess.objects.order_by()
    mine = _mine(rows, user).values("task_id")[:CAPPED_AT]
    team = _team(rows, user).values("task_id").distinct()[:CAPPED_AT]
    counted = (
        get_user_model()
        .objects.filter(pk=user.pk)
        .values_list(_CountOf(mine), _CountOf(team))
        .first()
    )
    return dict(zip(("mine", "team"), counted or (0, 0), strict=True))


class _CountOf(Subquery):
    """How many rows a subquery has, its LIMIT included."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _mine(rows: QuerySet[TaskAccess], user: Any) -> QuerySet[TaskAccess]:
    return rows.filter(principal=of_user(user.pk), relation=Relation.ASSIGNEE, open=True)


def _team(rows: QuerySet[TaskAccess], user: Any) -> QuerySet[TaskAccess]:
    excluded = TaskAccess.objects.filter(
        task=OuterRef("task"), principal=of_user(user.pk), relation=Relation.EXCLUDED
    )
    offered = rows.filter(principal__in=principals(user), relation=Relation.CANDIDATE, open=True)
    return offered.filter(~Exists(excluded))


def _once_per_task(rows: QuerySet[TaskAccess], user: Any) -> QuerySet[TaskAccess]:
    """Where several of the user's groups match one task, the row made first stands for it."""
    earlier = TaskAccess.objects.filter(
        task=OuterRef("task"),
        principal__in=principals(user),
        relation=Relation.CANDIDATE,
        open=True,
        pk__lt=OuterRef("pk"),
    )
    return rows.filter(~Exists(earlier))

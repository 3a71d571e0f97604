"""The rows that say who may see a task and act on it, kept in step with the task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workflows.models.tasks import OPEN_TASK, HumanTask, Relation, TaskAccess, TaskStatus

if TYPE_CHECKING:
    from workflows.engine.transition import Transition

FAR_AHEAD = datetime(9000, 1, 1, tzinfo=UTC)
"""Where tasks without a due date sort: after all others."""


def of_user(user_id: Any) -> str:
    """Give a user as a principal."""
    return f"u:{user_id}"


def of_group(group_id: Any) -> str:
    """Give a group as a principal."""
    return f"g:{group_id}"


def open_access(
    task: HumanTask, candidates: Iterable[str], excluded: Iterable[str]
) -> list[TaskAccess]:
    """Give the rows of a new task, not yet stored."""
    sort_at = task.due_at or FAR_AHEAD
    offered = task.status == TaskStatus.READY
    relations: list[tuple[str, Relation, bool]] = [
        *((who, Relation.CANDIDATE, offered) for who in candidates),
        *((who, Relation.EXCLUDED, False) for who in excluded),
    ]
    if task.assignee_id is not None:
        relations.append((of_user(task.assignee_id), Relation.ASSIGNEE, True))
    return [
        TaskAccess(task=task, principal=who, relation=relation, open=is_open, sort_at=sort_at)
        for who, relation, is_open in dict.fromkeys(relations)
    ]


def take(task: HumanTask, user_id: Any) -> None:
    """Give the task to somebody: it is no longer open to its other candidates."""
    rows = TaskAccess.objects.filter(task=task)
    rows.filter(relation=Relation.CANDIDATE).update(open=False)
    TaskAccess.objects.update_or_create(
        task=task,
        principal=of_user(user_id),
        relation=Relation.ASSIGNEE,
        defaults={"open": True, "sort_at": task.due_at or FAR_AHEAD},
    )


def put_aside(task: HumanTask, user_id: Any) -> None:
    """Take the task off all lists while its decision can be undone; the decider may see it."""
    take(task, user_id)
    TaskAccess.objects.filter(task=task).update(open=False)


def give_up(task: HumanTask, user_id: Any, at: datetime) -> None:
    """Open the task to its candidates again."""
    rows = TaskAccess.objects.filter(task=task)
    rows.filter(relation=Relation.ASSIGNEE).delete()
    rows.filter(relation=Relation.CANDIDATE).update(open=True)
    remember_former(task, user_id, at)


def remember_former(task: HumanTask, user_id: Any, at: datetime) -> None:
    """Whoever had the task may still see it."""
    TaskAccess.objects.update_or_create(
        task=task,
        principal=of_user(user_id),
        relation=Relation.FORMER,
        defaults={"open": False, "sort_at": at},
    )


def close_access(task: HumanTask, at: datetime, *, decider_id: Any = None) -> None:
    """Close the task's access: only who took part keeps a row (two statements)."""
    requester_id = task.instance.started_by_id
    rows = []
    if decider_id is not None:
        rows.append((of_user(decider_id), Relation.DECIDER))
    if requester_id is not None:
        rows.append((of_user(requester_id), Relation.REQUESTER))
    if task.assignee_id is not None and task.assignee_id != decider_id:
        rows.append((of_user(task.assignee_id), Relation.FORMER))
    TaskAccess.objects.filter(task=task).exclude(relation=Relation.FORMER).delete()
    TaskAccess.objects.bulk_create(
        [
            TaskAccess(task=task, principal=who, relation=relation, open=False, sort_at=at)
            for who, relation in rows
        ],
        ignore_conflicts=True,
    )


def close_tasks_of(transition: Transition, execution_ids: Sequence[int]) -> None:
    """Cancel the open tasks of executions that were cancelled."""
    tasks = HumanTask.objects.filter(
        execution_id__in=execution_ids, status__in=[*OPEN_TASK, TaskStatus.DECIDED]
    )
    for task in tasks:
        HumanTask.objects.filter(pk=task.pk).update(
            status=TaskStatus.CANCELED,
            closed_at=transition.at,
            closed_reason=transition.reason,
        )
        task.instance = transition.instance
        close_access(task, transition.at)
        transition.record("task.canceled", path=task.step, execution_id=task.execution_id)

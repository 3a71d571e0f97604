"""The rows that say who may see a task and act on it, kept in step with the task."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import connection

from workflows.models.drafts import Draft
from workflows.models.questions import Question
from workflows.models.tasks import HumanTask, Relation, TaskAccess, TaskStatus
from workflows.values.moments import FAR_AHEAD

CLOSE_ROWS: Final = """
INSERT INTO workflows_taskaccess (task_id, principal, relation, open, sort_at, urgency)
SELECT task_id, principal, relation, FALSE, %s, urgency FROM workflows_taskaccess
WHERE task_id = %s AND relation <> 'mentioned' {more}
ON CONFLICT (task_id, principal, relation)
DO UPDATE SET open = FALSE, sort_at = excluded.sort_at
"""
ONE_MORE: Final = "UNION SELECT %s, %s, %s, FALSE, %s, %s WHERE TRUE "


def of_user(user_id: Any) -> str:
    """Give a user as a principal."""
    return f"u:{user_id}"


def of_group(group_id: Any) -> str:
    """Give a group as a principal."""
    return f"g:{group_id}"


def of_workflow(name: str) -> str:
    """Give whoever may view all of a workflow as a principal."""
    return f"w:{name}"


def ids_of(principals: Iterable[str], kind: str) -> list[str]:
    """Give the primary keys among principals of a kind: `u` for users, `g` for groups."""
    return [one.partition(":")[2] for one in principals if one.startswith(f"{kind}:")]


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
    if task.instance.started_by_id is not None:
        relations.append((of_user(task.instance.started_by_id), Relation.REQUESTER, True))
    relations.append((of_workflow(task.instance.workflow), Relation.WORKFLOW, True))
    return [
        TaskAccess(task=task, principal=who, relation=relation, open=is_open, sort_at=sort_at)
        for who, relation, is_open in dict.fromkeys(relations)
    ]


GONE_WHEN_CLOSED = (Relation.ASSIGNEE, Relation.CANDIDATE, Relation.ASKER, Relation.SNOOZED)
"""What ends with the task; who must not decide it is kept for when it is reopened."""


def take(task: HumanTask, user_id: Any) -> None:
    """Give the task to somebody: it is no longer open to its other candidates."""
    rows = TaskAccess.objects.filter(task=task)
    rows.filter(relation=Relation.CANDIDATE).update(open=False)
    wake_all(task)
    TaskAccess.objects.update_or_create(
        task=task,
        principal=of_user(user_id),
        relation=Relation.ASSIGNEE,
        defaults={"open": True, "sort_at": task.due_at or FAR_AHEAD},
    )


def put_aside(task: HumanTask, user_id: Any) -> None:
    """Take the task off all lists while its decision can be undone; the decider may see it."""
    take(task, user_id)
    rows = TaskAccess.objects.filter(task=task)
    rows.filter(relation__in=(Relation.ASSIGNEE, Relation.CANDIDATE)).update(open=False)


def give_up(task: HumanTask, user_id: Any) -> None:
    """Open the task to its candidates again."""
    rows = TaskAccess.objects.filter(task=task)
    rows.filter(relation=Relation.ASSIGNEE).delete()
    rows.filter(relation=Relation.CANDIDATE).update(open=True)
    remember_former(task, user_id)
    wake_all(task)


def wake_all(task: HumanTask) -> None:
    """Bring the task back to those who have put it off: there are news."""
    TaskAccess.objects.filter(task=task, relation=Relation.SNOOZED).delete()


def wake_others(task: HumanTask, user_id: Any) -> None:
    """Bring the task back to those who have put it off, but for whoever brings the news."""
    rows = TaskAccess.objects.filter(task=task, relation=Relation.SNOOZED)
    rows.exclude(principal=of_user(user_id)).delete()


def mention(task: HumanTask, user_ids: Iterable[Any]) -> None:
    """Have the task in the lists of these people until they have noted it, also when it closes."""
    rows = [
        TaskAccess(
            task=task,
            principal=of_user(user_id),
            relation=Relation.MENTIONED,
            sort_at=task.due_at or FAR_AHEAD,
        )
        for user_id in user_ids
    ]
    TaskAccess.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["task", "principal", "relation"],
        update_fields=["open", "sort_at"],
    )


def note(task: HumanTask, user_id: Any) -> None:
    """Take the task off the list of somebody who was mentioned; they may still see it."""
    rows = TaskAccess.objects.filter(task=task, principal=of_user(user_id))
    rows.filter(relation=Relation.MENTIONED).update(open=False)


def wait_for_answer(task: HumanTask, asked_of_id: Any) -> None:
    """Show the task to whoever is asked about it, and as awaited to whoever asks."""
    rows = TaskAccess.objects.filter(task=task)
    rows.filter(relation__in=(Relation.CANDIDATE, Relation.ASSIGNEE)).update(open=False)
    for who, relation in ((task.assignee_id, Relation.ASKER), (asked_of_id, Relation.ASKED)):
        TaskAccess.objects.update_or_create(
            task=task,
            principal=of_user(who),
            relation=relation,
            defaults={"open": True, "sort_at": task.due_at or FAR_AHEAD},
        )
    wake_all(task)


def stop_waiting(task: HumanTask) -> None:
    """Give the task back to whoever has asked; who was asked may still see it."""
    rows = TaskAccess.objects.filter(task=task)
    rows.filter(relation=Relation.ASKER).delete()
    rows.filter(relation=Relation.ASKED).update(open=False)
    take(task, task.assignee_id)


def remember_former(task: HumanTask, user_id: Any) -> None:
    """Whoever had the task may still see it."""
    TaskAccess.objects.update_or_create(
        task=task,
        principal=of_user(user_id),
        relation=Relation.FORMER,
        defaults={"open": True, "sort_at": task.due_at or FAR_AHEAD},
    )


def close_access(
    task: HumanTask, at: datetime, *, decider_id: Any = None, was_asked: bool = False
) -> None:
    """Close the task's access: only who took part keeps a row, and who must not decide.

    The decider's draft has become the decision. Three statements, one more where an answer was
    awaited.
    """
    if was_asked:
        Question.objects.filter(task=task, closed_at=None).update(closed_at=at)
    TaskAccess.objects.filter(task=task, relation__in=GONE_WHEN_CLOSED).delete()
    taking_part = []
    if decider_id is not None:
        Draft.objects.filter(task=task, user=decider_id).delete()
        taking_part.append((of_user(decider_id), Relation.DECIDER))
    if task.assignee_id is not None and task.assignee_id != decider_id:
        taking_part.append((of_user(task.assignee_id), Relation.FORMER))
    _close_rows(task, at, taking_part)


def _close_rows(task: HumanTask, at: datetime, more: list[tuple[str, Relation]]) -> None:
    """Close what is left of the task's rows, and add more of them that are closed."""
    key = HumanTask._meta.pk.get_db_prep_value(task.pk, connection)
    moment = connection.ops.adapt_datetimefield_value(at)
    parameters: list[Any] = [moment, key]
    for principal, relation in more:
        parameters += [key, principal, relation.value, moment, -task.priority]
    with connection.cursor() as cursor:
        cursor.execute(CLOSE_ROWS.format(more=len(more) * ONE_MORE), parameters)


def reopen_access(task: HumanTask, decider_id: Any) -> None:
    """Offer a task again that was closed; the rows of who must not decide it are still there."""
    rows = TaskAccess.objects.filter(task=task)
    rows.filter(relation=Relation.DECIDER).delete()
    rows.filter(relation__in=(Relation.REQUESTER, Relation.WORKFLOW, Relation.FORMER)).update(
        open=True, sort_at=task.due_at or FAR_AHEAD
    )
    TaskAccess.objects.bulk_create(open_access(task, task.offered_to, ()), ignore_conflicts=True)
    if decider_id is not None:
        remember_former(task, decider_id)

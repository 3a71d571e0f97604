"""What belongs to a task but is not in its row: question, snooze, draft, who could have it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from workflows.engine.access.people import by_name
from workflows.engine.access.permissions import has_role
from workflows.engine.access.rows import ids_of, of_user
from workflows.engine.queries.drafts import drafts_for
from workflows.engine.queries.find_task import name_tasks, whole_tasks
from workflows.engine.store.clock import now
from workflows.models.drafts import Draft
from workflows.models.instances import WorkflowInstance
from workflows.models.questions import Question
from workflows.models.tasks import HumanTask, Relation, TaskAccess


def open_question(task: HumanTask) -> Question | None:
    """Give the question that a task waits for the answer to."""
    rows = Question.objects.select_related("asked_by", "asked_of")
    return rows.filter(task=task, closed_at=None).first()


def snoozed_until(task: HumanTask, user: Any) -> datetime | None:
    """Give when a task comes back to somebody who has put it off."""
    rows = TaskAccess.objects.filter(
        task=task, principal=of_user(user.pk), relation=Relation.SNOOZED, sort_at__gt=now()
    )
    return rows.values_list("sort_at", flat=True).first()


def was_started(workflow: str, key: str) -> bool:
    """Whether an instance of the workflow was started with this key."""
    return bool(key) and WorkflowInstance.objects.filter(workflow=workflow, key=key).exists()


def find_task_with_drafts(task_id: Any, user: Any) -> tuple[HumanTask, list[Draft]]:
    """Give a task, and what somebody has typed into its form: one statement where that is nothing.

    Raises HumanTask.DoesNotExist.
    """
    typed = Draft.objects.filter(user=user, task__instance=OuterRef("instance"))
    (task,) = name_tasks([whole_tasks().annotate(was_typed=Exists(typed)).get(pk=task_id)])
    return task, drafts_for(user, task) if getattr(task, "was_typed", False) else []


def eligible(task: HumanTask, user: Any) -> QuerySet[Any]:
    """Give the people whom `user` may hand a task to, by name: active, and never excluded.

    The assignee hands over to somebody whom the task was offered to; who manages the workflow,
    and code, may name anybody.
    """
    rows = TaskAccess.objects.filter(task=task, relation=Relation.EXCLUDED)
    excluded = ids_of(rows.values_list("principal", flat=True), "u")
    people = get_user_model().objects.filter(is_active=True).exclude(pk__in=excluded)
    if task.offered_to and user is not None and not _manages(user, task):
        users, groups = (ids_of(task.offered_to, kind) for kind in ("u", "g"))
        among = Q(pk__in=users) | Q(groups__in=groups)
        people = people.filter(pk__in=get_user_model().objects.filter(among).values("pk"))
    return by_name(people)


def _manages(user: Any, task: HumanTask) -> bool:
    workflow = task.instance.workflow
    return has_role(user, "manage", workflow) or has_role(user, "administer", workflow)

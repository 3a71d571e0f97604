"""Find the task that a verb is about, and say so plainly when it is too late for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.utils.translation import gettext as _

from workflows.engine.access.people import display_name
from workflows.engine.access.permissions import task_access
from workflows.engine.definitions.stored import content_of
from workflows.engine.work.places import Places, groups_around, name_items, places_of
from workflows.exceptions import NotAllowed, TaskClosed, WrongState
from workflows.models.tasks import HumanTask, TaskQuerySet, TaskStatus
from workflows.values.moments import in_words

WHOLE = {"instance", "execution", "assignee", "decided_by"}


def whole_tasks() -> TaskQuerySet:
    """Tasks with all that verbs and pages need of them, in one statement."""
    return HumanTask.objects.select_related(
        "instance", "instance__definition", "instance__started_by", *sorted(WHOLE)
    )


def find_task(
    task: Any = None, *, instance_id: Any = None, step_name: str | None = None
) -> HumanTask:
    """Give a task by its id, or its instance and step; one that is loaded whole is taken as it is.

    Verbs change a task by comparing it with its row, so that an old copy does no harm.
    Raises HumanTask.DoesNotExist; for a step, WrongState where it has several open tasks.
    """
    tasks = whole_tasks()
    if isinstance(task, HumanTask) and _is_whole(task):
        return task
    if task is not None:
        try:
            return name_tasks([tasks.get(pk=getattr(task, "pk", task))])[0]
        except (ValidationError, ValueError) as error:
            raise HumanTask.DoesNotExist(f"{task!r} is not the id of a task.") from error
    of_step = tasks.filter(instance_id=getattr(instance_id, "pk", instance_id), step=step_name)
    open_ones = list(of_step.open()[:2])
    if len(open_ones) > 1:
        raise WrongState(f"Step {step_name!r} has several open tasks; name the task itself.")
    latest = open_ones[0] if open_ones else of_step.order_by("-created_at").first()
    if latest is None:
        raise HumanTask.DoesNotExist(f"Instance {instance_id} has no task at step {step_name!r}.")
    return name_tasks([latest])[0]


def find_tasks(ids: Iterable[Any]) -> dict[Any, HumanTask]:
    """Give those of these tasks that there are, by id, whole."""
    found = whole_tasks().in_bulk(list(ids))
    name_tasks(found.values())
    return found


def name_tasks(tasks: Iterable[HumanTask]) -> list[HumanTask]:
    """Let tasks in groups that repeat say which item they are about, also those of long ago."""
    found = list(tasks)
    inside = [task for task in found if "/" in task.step]
    name_items({task: content_of(task.instance.definition) for task in inside})
    return found


def items_of(task: HumanTask) -> Places:
    """Say which item a task is about on each level; nothing outside of groups that repeat."""
    content = content_of(task.instance.definition)
    if not groups_around(task.step, content):
        return ()
    return places_of({task.execution_id: content})[task.execution_id]


def _is_whole(task: HumanTask) -> bool:
    fields = (HumanTask._meta.get_field(name) for name in WHOLE)
    return all(isinstance(field, ForeignKey) and field.is_cached(task) for field in fields)


def is_decided_by(task: HumanTask, user: Any, submission_id: str | None) -> bool:
    """Whether this very submission of this person has decided the task."""
    same_decider = task.decided_by_id == getattr(user, "pk", None)
    return bool(submission_id) and task.submission_id == submission_id and same_decider


def refuse_closed(task: HumanTask, user: Any = None) -> None:
    """Raise TaskClosed, with who, what and when, unless somebody can still act on the task.

    Whoever has nothing to do with the task gets NotAllowed instead and learns nothing.
    """
    if task.is_open:
        return
    answer = None if user is None else task_access(user, task)
    if answer is not None and not (answer.may_see or answer.was_offered):
        raise NotAllowed(_("You may not see this task."))
    by, moment = display_name(task.decided_by), task.decided_at or task.closed_at
    raise TaskClosed(
        _what_happened(task, by, moment),
        status=task.status,
        by=by,
        outcome=task.outcome_label,
        at=moment,
        reason=task.closed_reason,
    )


def _what_happened(task: HumanTask, by: str, moment: datetime | None) -> str:
    """Say how a task ended: who decided what, or what else has ended it, and why."""
    shown = in_words(moment) if moment else ""
    said = {"by": by, "at": shown, "outcome": task.outcome_label or _("done")}
    match task.status:
        case TaskStatus.EXPIRED if task.outcome_label:
            message = _("The time for this task ran out on %(at)s, which counts as: %(outcome)s.")
        case TaskStatus.EXPIRED:
            message = _("The time for this task ran out on %(at)s.")
        case TaskStatus.CANCELED if task.closed_reason:
            message = _("This task was cancelled on %(at)s: %(reason)s")
            said["reason"] = task.closed_reason
        case TaskStatus.CANCELED:
            message = _("This task was cancelled on %(at)s.")
        case _ if task.overridden_at is not None:
            message = _("%(by)s overrode this task on %(at)s: %(outcome)s.")
        case _ if by:
            message = _("%(by)s decided this task on %(at)s: %(outcome)s.")
        case _:
            message = _("This task was completed on %(at)s.")
    return message % said

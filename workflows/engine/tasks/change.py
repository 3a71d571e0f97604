"""Change a task's state in one transaction: a conditional UPDATE and an event, or a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from workflows.engine.access.people import display_name
from workflows.engine.access.permissions import task_access
from workflows.engine.access.task_states import Move
from workflows.engine.queries.find_task import refuse_closed, whole_tasks
from workflows.engine.store.clock import now
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.transition import Transition, lock_one
from workflows.exceptions import NotAllowed, WrongState
from workflows.models.tasks import HumanTask, TaskStatus


def require(task: HumanTask, move: Move, user: Any) -> None:
    """Refuse a move that the task's state or the person does not allow; code is no person.

    Raises TaskClosed, WrongState or NotAllowed, whichever comes first. The copy at hand may be
    older than somebody else's move: what it does not allow is looked up again.
    """
    answer = None if user is None else task_access(user, task)
    if task.status in move.sources and (answer is None or move.name in answer.may):
        return
    latest = whole_tasks().get(pk=task.pk)
    answer = None if user is None else task_access(user, latest)
    if latest.status not in move.sources:
        refuse_closed(latest, user)
    if answer is not None and not answer.may_see:
        raise NotAllowed(_("You may not see this task."))
    if latest.status not in move.sources:
        raise WrongState(why_not_now(latest, answer.why_not if answer else ""))
    if answer is not None and move.name not in answer.may:
        raise NotAllowed(answer.why_not or _("You may not do that with this task."))


def why_not_now(task: HumanTask, why: str) -> str:
    """Say what state a task is in, to who expected another."""
    said = {"status": task.get_status_display().lower()}
    return why or _("This task is %(status)s; that cannot be done now.") % said


class Overtaken(WrongState):
    """The task is no longer as the copy at hand has it."""


def change(
    transition: Transition,
    task: HumanTask,
    move: Move,
    *,
    user: Any = None,
    via: str = "",
    values: dict[str, Any] | None = None,
    said: dict[str, Any] | None = None,
    target: TaskStatus | None = None,
) -> None:
    """Make the move on a task that is still as this copy has it, and note it.

    Raises Overtaken for whoever comes second; `changing` says to them who was first.
    """
    changes: dict[str, Any] = {"status": target or move.target, **(values or {})}
    unchanged = Q(pk=task.pk, status=task.status, assignee=task.assignee_id)
    free = HumanTask.objects.filter(unchanged, status__in=move.sources)
    if not free.update(**changes):
        raise Overtaken(_("Somebody else has just changed this task."))
    for name, value in changes.items():
        setattr(task, name, value)
    transition.record(
        move.event,
        path=task.step,
        execution_id=task.execution_id,
        actor=user,
        via=via,
        **(said or {}),
    )


@contextmanager
def changing(task: HumanTask, move: Move, user: Any) -> Iterator[Transition]:
    """Lock the task's instance for a move, and store what was changed on it, in one transaction.

    Whoever comes second is told who was first, and when. That is looked up when the lock is given
    back: others wait for it.
    """
    try:
        with transaction.atomic():
            transition = lock_one(task.instance_id, now())
            yield transition
            write([transition])
    except Overtaken:
        latest = whole_tasks().get(pk=task.pk)
        if latest.status not in move.sources:
            refuse_closed(latest, user)
        raise WrongState(who_was_first(latest)) from None


def who_was_first(task: HumanTask) -> str:
    """Say who has the task now, to somebody who wanted to change it as it was."""
    if task.assignee is None:
        return _("Somebody else has just given this task back.")
    return _("%(name)s has taken this task.") % {"name": display_name(task.assignee)}

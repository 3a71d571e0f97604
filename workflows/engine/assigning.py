"""Who has a task: claim, release, reassign."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workflows.engine.access import display_name, task_access
from workflows.engine.access_rows import give_up, of_user, remember_former, take
from workflows.engine.clock import now
from workflows.engine.finding import find_task, refuse_closed
from workflows.engine.incidents import resolve_incidents
from workflows.engine.transition import Transition, lock_one
from workflows.engine.writing import write
from workflows.exceptions import NotAllowed, WrongState
from workflows.models.tasks import OPEN_TASK, HumanTask, Relation, TaskAccess, TaskStatus


def claim(task: Any, *, user: Any, via: str = "web") -> HumanTask:
    """Take a ready task for oneself; claiming one's own task again changes nothing."""
    found = find_task(getattr(task, "pk", task))
    refuse_closed(found, user)
    if found.status == TaskStatus.RESERVED and found.assignee_id == user.pk:
        return found
    answer = task_access(user, found)
    if not answer.may_claim:
        raise _refusal(found, answer.why_not)
    with transaction.atomic():
        transition = lock_one(found.instance_id, now())
        won = HumanTask.objects.filter(pk=found.pk, status=TaskStatus.READY).update(
            status=TaskStatus.RESERVED, assignee=user, claimed_at=transition.at
        )
        if not won:
            latest = find_task(found.pk)
            refuse_closed(latest, user)
            raise _refusal(latest, "")
        take(found, user.pk)
        # Claims are no events: they say nothing about the workflow's way.
        write([transition])
    return find_task(found.pk)


def release(task: Any, *, user: Any, via: str = "web") -> HumanTask:
    """Give a task back to its candidates; the assignee and who manages the workflow may."""
    found = find_task(getattr(task, "pk", task))
    refuse_closed(found, user)
    if user is not None:
        answer = task_access(user, found)
        if not answer.may_release:
            raise NotAllowed(
                _("This task has nobody else who could take it.")
                if answer.is_mine
                else answer.why_not or _("You may not release this task.")
            )
    with transaction.atomic():
        transition = lock_one(found.instance_id, now())
        released = HumanTask.objects.filter(
            pk=found.pk, status=TaskStatus.RESERVED, assignee=found.assignee_id
        ).update(status=TaskStatus.READY, assignee=None, claimed_at=None)
        if not released:
            refuse_closed(find_task(found.pk), user)
            raise WrongState(_("Nobody has taken this task."))
        give_up(found, found.assignee_id, transition.at)
        write([transition])
    return find_task(found.pk)


def reassign(task: Any, *, to: Any, user: Any, reason: str = "", via: str = "web") -> HumanTask:
    """Give a task to somebody else; the assignee and who manages the workflow may.

    Giving it again to who has it changes nothing: the first answer may have been lost.
    """
    found = find_task(getattr(task, "pk", task))
    refuse_closed(found, user)
    if user is not None and not task_access(user, found).may_reassign:
        raise NotAllowed(_("You may not reassign this task."))
    if found.status == TaskStatus.RESERVED and found.assignee_id == to.pk:
        return found
    _require_eligible(found, to)
    with transaction.atomic():
        transition = lock_one(found.instance_id, now())
        moved = HumanTask.objects.filter(
            pk=found.pk, status__in=OPEN_TASK, assignee=found.assignee_id
        ).update(status=TaskStatus.RESERVED, assignee=to, claimed_at=None)
        if not moved:
            refuse_closed(find_task(found.pk), user)
            raise WrongState(_("Somebody else has just taken this task."))
        _move_access(found, to, transition)
        resolve_incidents(transition, [found.execution_id])
        transition.record(
            "task.reassigned",
            path=found.step,
            execution_id=found.execution_id,
            actor=user,
            via=via,
            before=display_name(found.assignee),
            after=display_name(to),
            reason=reason,
        )
        write([transition])
    return find_task(found.pk)


def _require_eligible(task: HumanTask, to: Any) -> None:
    if not to.is_active:
        raise NotAllowed(_("%(name)s is not active.") % {"name": display_name(to)})
    excluded = TaskAccess.objects.filter(
        task=task, principal=of_user(to.pk), relation=Relation.EXCLUDED
    )
    if excluded.exists():
        raise NotAllowed(_("%(name)s may not decide this.") % {"name": display_name(to)})


def _move_access(task: HumanTask, to: Any, transition: Transition) -> None:
    former = task.assignee_id
    TaskAccess.objects.filter(task=task, relation=Relation.ASSIGNEE).delete()
    if former is not None and former != to.pk:
        remember_former(task, former, transition.at)
    take(task, to.pk)


def _refusal(task: HumanTask, why_not: str) -> Exception:
    if task.assignee is not None:
        name = display_name(task.assignee)
        return WrongState(_("%(name)s has taken this task.") % {"name": name})
    return NotAllowed(why_not or _("You may not see this task."))

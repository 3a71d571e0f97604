"""Who has a task: claim, release, take over, hand over."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from workflows.engine.access import task_states
from workflows.engine.access.people import display_name
from workflows.engine.access.permissions import task_access
from workflows.engine.access.rows import give_up, of_user, remember_former, take
from workflows.engine.queries.find_task import find_task
from workflows.engine.queries.task_details import eligible
from workflows.engine.tasks.change import change, changing, require
from workflows.engine.tasks.deadlines import lease_of, set_lease
from workflows.engine.transitions.incidents import resolve_incidents
from workflows.engine.transitions.transition import Transition
from workflows.exceptions import InvalidSubmission, NotAllowed
from workflows.models.tasks import HumanTask, Relation, TaskAccess, TaskStatus


def claim(task: Any, *, user: Any, via: str = "web") -> HumanTask:
    """Take a ready task for oneself; claiming one's own task again changes nothing."""
    found = find_task(getattr(task, "pk", task))
    if found.status == TaskStatus.RESERVED and found.assignee_id == user.pk:
        return found
    require(found, task_states.CLAIM, user)
    with changing(found, task_states.CLAIM, user) as transition:
        until = lease_of(transition, found)
        values = {"assignee": user, "claimed_at": transition.at, "lease_until": until}
        change(transition, found, task_states.CLAIM, user=user, via=via, values=values)
        take(found, user.pk)
        set_lease(transition, found)
    return find_task(found.pk)


def release(task: Any, *, user: Any, via: str = "web") -> HumanTask:
    """Give a task back to its candidates; the assignee and who manages the workflow may."""
    found = find_task(getattr(task, "pk", task))
    if user is not None and found.status == TaskStatus.RESERVED and not found.offered_to:
        answer = task_access(user, found)
        if answer.is_mine or answer.may_reassign:
            raise NotAllowed(_("This task has nobody else who could take it."))
    require(found, task_states.RELEASE, user)
    with changing(found, task_states.RELEASE, user) as transition:
        former_id, before = found.assignee_id, display_name(found.assignee)
        values = {"assignee": None, "claimed_at": None, "lease_until": None}
        said = {"before": before}
        change(transition, found, task_states.RELEASE, user=user, via=via, values=values, said=said)
        give_up(found, former_id)
    return find_task(found.pk)


def take_over(task: Any, *, user: Any, reason: str, via: str = "web") -> HumanTask:
    """Take a task from who has it, with a reason; who manages the workflow may."""
    found = find_task(getattr(task, "pk", task))
    if found.status == TaskStatus.RESERVED and found.assignee_id == user.pk:
        return found
    require(found, task_states.TAKE_OVER, user)
    require_reason(reason)
    return _give(found, task_states.TAKE_OVER, to=user, user=user, reason=reason, via=via)


def reassign(task: Any, *, to: Any, user: Any, reason: str = "", via: str = "web") -> HumanTask:
    """Give a task to somebody else; the assignee and who manages the workflow may.

    Giving it again to who has it changes nothing: the first answer may have been lost.
    """
    found = find_task(getattr(task, "pk", task))
    require(found, task_states.HAND_OVER, user)
    if found.status == TaskStatus.RESERVED and found.assignee_id == to.pk:
        return found
    if not eligible(found, user).filter(pk=to.pk).exists():
        raise NotAllowed(_why_not_eligible(found, to))
    return _give(found, task_states.HAND_OVER, to=to, user=user, reason=reason, via=via)


def require_reason(reason: str) -> None:
    """Refuse what has no reason given."""
    if not reason.strip():
        raise InvalidSubmission({"/reason": [_("Say why.")]})


def _give(
    task: HumanTask, move: task_states.Move, *, to: Any, user: Any, reason: str, via: str
) -> HumanTask:
    with changing(task, move, user) as transition:
        former_id, before = task.assignee_id, display_name(task.assignee)
        values = {"assignee": to, "claimed_at": None, "lease_until": None}
        said = {"before": before, "after": display_name(to), "reason": reason[:500]}
        change(transition, task, move, user=user, via=via, values=values, said=said)
        _move_access(task, former_id, to, transition)
        resolve_incidents(transition, [task.execution_id])
    return find_task(task.pk)


def _why_not_eligible(task: HumanTask, to: Any) -> str:
    name = {"name": display_name(to)}
    if not to.is_active:
        return _("%(name)s is not active.") % name
    excluded = TaskAccess.objects.filter(
        task=task, principal=of_user(to.pk), relation=Relation.EXCLUDED
    )
    if excluded.exists():
        return _("%(name)s may not decide this.") % name
    return _("This task was not offered to %(name)s.") % name


def _move_access(task: HumanTask, former_id: Any, to: Any, transition: Transition) -> None:
    TaskAccess.objects.filter(task=task, relation=Relation.ASSIGNEE).delete()
    if former_id is not None and former_id != to.pk:
        remember_former(task, former_id)
    take(task, to.pk)

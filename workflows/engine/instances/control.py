"""Verbs on a whole instance: cancel, suspend, resume."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workflows.engine.access.permissions import instance_access
from workflows.engine.store.clock import now
from workflows.engine.transitions.commit import cancel_executions, write
from workflows.engine.transitions.transition import Transition, lock_one
from workflows.exceptions import NotAllowed, WrongState
from workflows.models.instances import ENDED, InstanceStatus, WorkflowInstance
from workflows.models.step_executions import StepExecution
from workflows.models.webhooks import WebhookToken
from workflows.wakeups import wake_later


def cancel_workflow(
    instance: Any, *, reason: str = "", user: Any = None, via: str = "web"
) -> WorkflowInstance:
    """End an instance that has not ended; its starter and administrators may.

    What runs is fenced: its result will be refused, though its outside effects may happen.
    """
    with transaction.atomic():
        transition = lock_one(getattr(instance, "pk", instance), now())
        canceled = transition.instance
        answer = None if user is None else instance_access(user, canceled)
        if answer is not None and not answer.may_see:
            raise NotAllowed(_("You may not see this request."))
        _refuse_ended(canceled)
        if answer is not None and not answer.may_cancel:
            raise NotAllowed(_("Only who started a request, or an administrator, can cancel it."))
        transition.reason = reason[:500] or str(_("The request was cancelled."))
        cancel_executions(transition, list(transition.rows))
        WebhookToken.objects.filter(instance=canceled, closed_at=None).update(
            closed_at=transition.at
        )
        transition.move_to(InstanceStatus.CANCELED)
        transition.record("instance.canceled", actor=user, via=via, reason=reason)
        write([transition])
    return canceled


def suspend(
    instance: Any, *, user: Any = None, reason: str = "", via: str = "web"
) -> WorkflowInstance:
    """Let nothing new start; clocks go on, and what they fire is held."""
    with transaction.atomic():
        transition = locked_for_administrator(instance, user)
        suspended = transition.instance
        _refuse_ended(suspended)
        if suspended.suspended_at is not None:
            raise WrongState(_("This request is suspended already."))
        suspended.suspended_at = transition.at
        transition.changed.add("suspended_at")
        StepExecution.objects.filter(instance=suspended, status="ready").update(status="held")
        transition.link_children()
        transition.record("instance.suspended", actor=user, via=via, reason=reason)
        write([transition])
    return suspended


def resume(
    instance: Any, *, user: Any = None, reason: str = "", via: str = "web"
) -> WorkflowInstance:
    """Let a suspended instance go on."""
    with transaction.atomic():
        transition = locked_for_administrator(instance, user)
        resumed = transition.instance
        _refuse_ended(resumed)
        if resumed.suspended_at is None:
            raise WrongState(_("This request is not suspended."))
        resumed.suspended_at = None
        transition.changed.add("suspended_at")
        StepExecution.objects.filter(instance=resumed, status="held").update(status="ready")
        transition.link_children()
        transition.record("instance.resumed", actor=user, via=via, reason=reason)
        write([transition])
        wake_later()
    return resumed


def locked_for_administrator(instance: Any, user: Any) -> Transition:
    """Lock an instance for a verb of administrators; raises NotAllowed for others."""
    transition = lock_one(getattr(instance, "pk", instance), now())
    if user is not None and not instance_access(user, transition.instance).may_administer:
        raise NotAllowed(_("Only an administrator of this workflow can do that."))
    return transition


def _refuse_ended(instance: WorkflowInstance) -> None:
    if instance.status in ENDED:
        said = {"status": instance.get_status_display().lower()}
        raise WrongState(_("This request is %(status)s; nothing more can happen to it.") % said)

"""Keeps an instance and the one that a step of it has started in step with each other.

Neither's transaction touches the other. The one that changes leaves a row of the kind *link*, which
a worker takes like any work: it looks at both, and moves whichever is behind, each under its own
lock. So it does not matter how often that is done, or in which order.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from workflows.engine.instances.control import cancel_workflow, resume, suspend
from workflows.engine.instances.sub_workflows import child_of
from workflows.engine.store.clock import now
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.incidents import open_incident, resolve_incidents
from workflows.engine.transitions.transition import Transition, lock_one
from workflows.models.events import Event
from workflows.models.incidents import Incident, IncidentKind
from workflows.models.instances import InstanceStatus, WorkflowInstance
from workflows.models.step_executions import ExecutionStatus, StepExecution
from workflows.wakeups import wake_later

VIA = "parent"
"""How the history of a child says that its parent did something to it."""


def meet(execution_id: int) -> None:
    """Bring the instance that an execution has started, and the execution, up to date."""
    child = child_of(execution_id)
    if child is not None:
        _follow_parent(child, execution_id)
        _tell_parent(child, execution_id)


def _follow_parent(child: WorkflowInstance, execution_id: int) -> None:
    """Do to the child what was done to its parent: cancel, suspend or resume it."""
    with transaction.atomic():
        # The child is locked before its parent is looked at: who looks last does what is right.
        current = lock_one(child.pk, now()).instance
        waiting = StepExecution.objects.select_related("instance").get(pk=execution_id)
        parent_sleeps = waiting.instance.suspended_at is not None
        if current.has_ended:
            return
        if waiting.status == ExecutionStatus.CANCELED:
            cancel_workflow(current, reason=_("What it was started for was cancelled."), via=VIA)
        elif parent_sleeps and current.suspended_at is None:
            suspend(current, via=VIA)
        elif not parent_sleeps and current.suspended_at is not None and _was_put_to_sleep(current):
            resume(current, via=VIA)


def _was_put_to_sleep(child: WorkflowInstance) -> bool:
    """Whether the parent suspended it, and not an administrator."""
    suspended = Event.objects.filter(instance=child, kind="instance.suspended")
    return suspended.order_by("-seq").values_list("via", flat=True).first() == VIA


def _tell_parent(child: WorkflowInstance, execution_id: int) -> None:
    """Let the step that waits for the child go on, or show there that it has failed."""
    waiting = StepExecution.objects.get(pk=execution_id)
    with transaction.atomic():
        transition = lock_one(waiting.instance_id, now())
        transition.ends = {execution_id: False}
        row = transition.rows.get(execution_id)
        child.refresh_from_db()
        if row is None or row.status != ExecutionStatus.WAITING:
            return
        if child.has_ended:
            _go_on(transition, row, child)
        elif child.status == InstanceStatus.FAILED:
            _show_failure(transition, row, child)
        else:
            resolve_incidents(transition, [execution_id])


def _go_on(transition: Transition, row: StepExecution, child: WorkflowInstance) -> None:
    transition.change(row, fences=True, status=transition.ready_or_held)
    transition.resume_running()
    resolve_incidents(transition, [row.pk])
    transition.record(
        "workflow.ended",
        path=row.path,
        execution_id=row.pk,
        child=str(child.pk),
        status=child.status,
    )
    write([transition])
    wake_later()


def _show_failure(transition: Transition, row: StepExecution, child: WorkflowInstance) -> None:
    cause = f"{child.workflow} {child.pk} has failed: {child.error}"
    known = Incident.objects.filter(execution=row.pk, kind=IncidentKind.CHILD, resolved_at=None)
    if known.filter(cause=f"{row.path}: {cause}").exists():
        return  # Whoever has said so died before the link was closed.
    open_incident(transition, row.pk, row.path, cause, IncidentKind.CHILD)
    transition.record(
        "workflow.failed",
        path=row.path,
        execution_id=row.pk,
        child=str(child.pk),
        error=child.error,
    )
    write([transition])

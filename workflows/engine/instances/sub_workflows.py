"""The instance that a step starts: stored in the transition of the one that it is started for."""

from __future__ import annotations

from workflows.engine.instances.start import begin
from workflows.engine.transitions.transition import Transition
from workflows.engine.work.results import StartChild
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import StepExecution


def open_child(transition: Transition, row: StepExecution, outcome: StartChild) -> None:
    """Store the instance that an execution starts, or look after the one it has started before.

    No second lock is taken: nobody sees the new instance before the commit.
    """
    if outcome.beginning is None:
        transition.link_children([row])
        return
    child = begin(
        outcome.beginning,
        transition.at,
        via="parent",
        suspended_at=transition.instance.suspended_at and transition.at,
    )
    transition.record(
        "workflow.started",
        path=row.path,
        execution_id=row.pk,
        workflow=child.workflow,
        child=str(child.pk),
    )


def child_of(execution_id: int) -> WorkflowInstance | None:
    """Give the instance that an execution has started last."""
    started = WorkflowInstance.objects.filter(parent_id=execution_id).select_related("definition")
    return started.order_by("-pk").first()

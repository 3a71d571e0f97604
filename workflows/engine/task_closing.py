"""A human step is left: a decision inside its undo window becomes final."""

from __future__ import annotations

from workflows.engine.access_rows import close_access
from workflows.engine.transition import Transition
from workflows.models.step_executions import StepExecution
from workflows.models.tasks import HumanTask, TaskStatus


def settle_decided(transition: Transition, row: StepExecution) -> None:
    """Complete the task of an execution whose undo window has passed."""
    task = HumanTask.objects.filter(execution=row, status=TaskStatus.DECIDED).first()
    if task is None:
        return
    HumanTask.objects.filter(pk=task.pk).update(
        status=TaskStatus.COMPLETED, closed_at=transition.at
    )
    task.instance = transition.instance
    close_access(task, transition.at, decider_id=task.decided_by_id)
    transition.record(
        "task.completed", path=row.path, execution_id=row.pk, outcome=task.outcome_label
    )

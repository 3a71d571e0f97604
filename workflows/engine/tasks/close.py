"""A task ends with its execution: an undo window has passed, or the execution was cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.engine.access import task_states
from workflows.engine.access.rows import close_access
from workflows.engine.tasks.change import change
from workflows.engine.transitions.commit import ON_CANCEL
from workflows.engine.transitions.transition import Transition
from workflows.models.step_executions import StepExecution
from workflows.models.tasks import HumanTask, TaskStatus
from workflows.steps.base import StepType


def settle_decided(transition: Transition, row: StepExecution) -> None:
    """Complete the task of an execution whose undo window has passed."""
    task = HumanTask.objects.filter(execution=row, status=TaskStatus.DECIDED).first()
    if task is None:
        return
    task.instance = transition.instance
    values, said = {"closed_at": transition.at}, {"outcome": task.outcome_label}
    change(transition, task, task_states.COMMIT, values=values, said=said)
    close_access(task, transition.at, decider_id=task.decided_by_id)


def close_tasks_of(transition: Transition, canceled: Sequence[StepExecution]) -> None:
    """Cancel the open tasks of executions that were cancelled."""
    ids = [row.pk for row in canceled]
    tasks = HumanTask.objects.filter(execution_id__in=ids, status__in=task_states.CANCEL.sources)
    for task in tasks:
        task.instance = transition.instance
        was_asked = task.status == TaskStatus.INFO_REQUESTED
        values = {"closed_at": transition.at, "closed_reason": transition.reason}
        change(transition, task, task_states.CANCEL, values=values)
        close_access(task, transition.at, was_asked=was_asked)


ON_CANCEL[StepType.HUMAN] = close_tasks_of

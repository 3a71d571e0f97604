"""Reminders and deadlines: what happens when a clock that hangs on a task runs out."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from workflows.engine.access_rows import close_access
from workflows.engine.human_steps import human_step
from workflows.engine.transition import Transition, as_token
from workflows.models.step_executions import DEADLINE, LINK, StepExecution
from workflows.models.tasks import OPEN_TASK, HumanTask, TaskStatus
from workflows.queue import wake_later
from workflows.signals import task_reminded


def fire(transition: Transition, row: StepExecution) -> None:
    """Close a reminder's or deadline's row and do what it was set for, if the task is open.

    What a link is for was done before, under the locks of both its ends.
    """
    if row.kind == LINK:
        transition.stop(row, status="succeeded", finished_at=transition.at)
        return
    task = HumanTask.objects.filter(execution_id=row.scope).select_related("execution").first()
    is_open = task is not None and task.status in OPEN_TASK
    status = "succeeded" if is_open else "canceled"
    transition.stop(row, status=status, finished_at=transition.at)
    if task is None or not is_open:
        return
    task.instance = transition.instance
    if row.kind == DEADLINE:
        expire(transition, task)
    else:
        transition.record("task.reminded", path=task.step, execution_id=row.scope)
        transaction.on_commit(lambda: task_reminded.send_robust(HumanTask, task=task))


def expire(transition: Transition, task: HumanTask) -> None:
    """Decide a task by its declared `timeout_outcome`; a person who was first has won."""
    step = human_step(transition.definition, task.step)
    outcome = dict(step.timeout_outcome or {})
    expired = HumanTask.objects.filter(pk=task.pk, status__in=OPEN_TASK).update(
        status=TaskStatus.EXPIRED, closed_at=transition.at, closed_reason="The due date passed."
    )
    if not expired:
        return
    StepExecution.objects.filter(pk=task.execution_id, status="waiting").update(
        status=transition.ready_or_held, result=outcome, fence=F("fence") + 1
    )
    waiting = transition.rows[task.execution_id]
    waiting.status = transition.ready_or_held
    transition.board.tokens[waiting.pk] = as_token(waiting)
    close_access(task, transition.at)
    transition.record("task.expired", path=task.step, execution_id=task.execution_id, data=outcome)
    wake_later()

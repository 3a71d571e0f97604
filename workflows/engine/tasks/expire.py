"""What happens when a clock that hangs on a task runs out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from workflows.engine.access import task_states
from workflows.engine.access.people import display_name
from workflows.engine.access.rows import close_access, give_up, wake_all
from workflows.engine.definitions.stored import human_step
from workflows.engine.queries.receipts import RECEIPT
from workflows.engine.tasks.ask import give_back
from workflows.engine.tasks.change import change
from workflows.engine.tasks.deadlines import set_lease
from workflows.engine.tasks.decide import chosen_outcome
from workflows.engine.tasks.receipts import Decided, Sheet, issue
from workflows.engine.transitions.transition import Transition, as_token
from workflows.models import step_executions
from workflows.models.questions import Question
from workflows.models.step_executions import LINK, StepExecution
from workflows.models.tasks import HumanTask, TaskStatus
from workflows.signals import task_reminded
from workflows.wakeups import wake_later


def fire(transition: Transition, row: StepExecution) -> None:
    """Close a clock's row and do what it was set for, if the task is still in need of it.

    What a link is for was done before, under the locks of both its ends.
    """
    if row.kind == LINK:
        transition.stop(row, status="succeeded", finished_at=transition.at)
        return
    task = HumanTask.objects.filter(execution_id=row.scope).select_related("execution").first()
    is_meant = task is not None and _is_meant(transition, row, task)
    status = "succeeded" if is_meant else "canceled"
    transition.stop(row, status=status, finished_at=transition.at)
    if task is None or not is_meant:
        return
    task.instance = transition.instance
    match row.kind:
        case step_executions.DEADLINE:
            expire(transition, task)
        case step_executions.LEASE:
            end_lease(transition, task)
        case step_executions.QUESTION:
            give_back(transition, task, task_states.END_QUESTION)
        case _:
            transition.record("task.reminded", path=task.step, execution_id=row.scope)
            wake_all(task)
            transaction.on_commit(lambda: task_reminded.send_robust(HumanTask, task=task))


def _is_meant(transition: Transition, row: StepExecution, task: HumanTask) -> bool:
    """Tell whether the task is still as it was when the clock was set."""
    match row.kind:
        case step_executions.LEASE:
            return task.status == TaskStatus.RESERVED and task.lease_until is not None
        case step_executions.QUESTION:
            asked = Question.objects.filter(task=task, closed_at=None, asked_at=row.created_at)
            return task.status == TaskStatus.INFO_REQUESTED and asked.exists()
        case _:
            return task.is_open


def end_lease(transition: Transition, task: HumanTask) -> None:
    """Offer a claimed task again, or look later where the claim was extended meanwhile."""
    if task.lease_until is not None and task.lease_until > transition.at:
        set_lease(transition, task)
        return
    former_id, said = task.assignee_id, {"before": display_name(task.assignee)}
    values = {"assignee": None, "claimed_at": None, "lease_until": None}
    change(transition, task, task_states.END_LEASE, values=values, said=said)
    give_up(task, former_id)


def expire(transition: Transition, task: HumanTask) -> None:
    """Decide a task by its declared `timeout_outcome`; a person who was first has won."""
    step = human_step(transition.definition, task.step)
    outcome = dict(step.timeout_outcome or {})
    was_asked = task.status == TaskStatus.INFO_REQUESTED
    chosen, sheet = chosen_outcome(step, outcome), Sheet.of(task)
    values: dict[str, Any] = {
        "closed_at": transition.at,
        "closed_reason": "The due date passed.",
        "outcome": str(chosen.value)[:200] if chosen else "",
        "outcome_label": chosen.label[:200] if chosen else "",
    }
    decided = Decided(None, "", chosen, outcome)
    receipt = issue(transition, task, sheet, decided, reason=values["closed_reason"])
    said = {"data": outcome, RECEIPT: receipt}
    change(transition, task, task_states.EXPIRE, values=values, said=said)
    StepExecution.objects.filter(pk=task.execution_id, status="waiting").update(
        status=transition.ready_or_held, result=outcome, fence=F("fence") + 1
    )
    waiting = transition.rows[task.execution_id]
    waiting.status = transition.ready_or_held
    transition.board.tokens[waiting.pk] = as_token(waiting)
    close_access(task, transition.at, was_asked=was_asked)
    wake_later()

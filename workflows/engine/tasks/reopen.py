"""Reopen a task that was decided, as long as the workflow has not gone on from it."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from workflows.engine.access import task_states
from workflows.engine.access.people import display_name
from workflows.engine.access.permissions import task_access
from workflows.engine.access.reopening import NOT_LEFT, has_gone_on, why_not_reopened
from workflows.engine.access.rows import reopen_access
from workflows.engine.files.attachments import unbind
from workflows.engine.queries.find_task import find_task
from workflows.engine.tasks.assign import require_reason
from workflows.engine.tasks.change import change, changing, require
from workflows.engine.transitions.incidents import resolve_incidents
from workflows.engine.transitions.transition import Transition, as_token
from workflows.exceptions import WrongState
from workflows.models.step_executions import StepExecution
from workflows.models.tasks import HumanTask, TaskStatus


def reopen(task: Any, *, user: Any, reason: str, via: str = "web") -> HumanTask:
    """Ask again, with a reason; administrators may, while the workflow has not gone on.

    Afterwards only `retry(from_step=…)` leads back, with a task of its own: what has followed from
    a decision cannot be taken back. `TaskAnswer.may_reopen` says beforehand which it is.
    """
    found = find_task(getattr(task, "pk", task))
    _refuse_left(found, user)
    require(found, task_states.REOPEN, user)
    require_reason(reason)
    with changing(found, task_states.REOPEN, user) as transition:
        _wait_again(transition, found)
        unbind(found, found.decided_at)
        decider_id = found.decided_by_id
        to_decider = not found.offered_to
        values: dict[str, Any] = {
            "assignee_id": (found.assignee_id or decider_id) if to_decider else None,
            "decided_by": None,
            "decided_at": None,
            "overridden_at": None,
            "closed_at": None,
            "claimed_at": None,
            "lease_until": None,
            **dict.fromkeys(("outcome", "outcome_label", "submission_id", "closed_reason"), ""),
        }
        is_reserved = values["assignee_id"] is not None
        change(
            transition,
            found,
            task_states.REOPEN,
            user=user,
            via=via,
            values=values,
            said={"before": display_name(found.decided_by), "reason": reason[:500]},
            target=TaskStatus.RESERVED if is_reserved else TaskStatus.READY,
        )
        reopen_access(found, decider_id)
    return find_task(found.pk)


def _refuse_left(task: HumanTask, user: Any) -> None:
    """Say where the workflow has gone to whoever might have reopened the task before."""
    is_decided = task.status == TaskStatus.COMPLETED
    if user is None:
        is_left = is_decided and has_gone_on(task)
    else:
        is_left = is_decided and task_access(user, task).is_kept_from_reopening
    if is_left:
        raise WrongState(why_not_reopened(task))


def _wait_again(transition: Transition, task: HumanTask) -> None:
    """Let the execution wait for a person again; raises WrongState where it has been left."""
    waiting = {"status": "waiting", "result": None, "error": "", "attempt": 0, "due_at": None}
    left = StepExecution.objects.filter(
        pk=task.execution_id, status__in=NOT_LEFT, phase="leave"
    ).update(**waiting, fence=F("fence") + 1)
    if not left:
        raise WrongState(why_not_reopened(task))
    row = transition.rows[task.execution_id]
    row.status, row.error = "waiting", ""
    transition.board.tokens[row.pk] = as_token(row)
    resolve_incidents(transition, [row.pk])

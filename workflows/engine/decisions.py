"""Decide a task: check, commit the decision, and leave the rest to a worker."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from workflows.engine.access import task_access
from workflows.engine.access_rows import close_access, put_aside, take
from workflows.engine.attachments import bind
from workflows.engine.calling import answer_of, overrides
from workflows.engine.clock import now
from workflows.engine.deciding import find_outcomes
from workflows.engine.definitions import code_of
from workflows.engine.describing import describe
from workflows.engine.finding import find_task, refuse_closed, whole_tasks
from workflows.engine.human_steps import human_step
from workflows.engine.loading import go_on
from workflows.engine.seen import check_unchanged
from workflows.engine.transition import Transition, lock_one
from workflows.engine.writing import write
from workflows.exceptions import BadAnswer, BadValue, InvalidSubmission, NotAllowed, WrongState
from workflows.models.step_executions import StepExecution
from workflows.models.tasks import HumanTask, TaskStatus
from workflows.queue import wake_later
from workflows.schemas import pick_declared, validate
from workflows.steps.human import BaseHumanStep, Outcome
from workflows.values import to_json

logger = logging.getLogger("workflows")


def complete_human_task(
    task: Any = None,
    *,
    user: Any,
    data: Mapping[str, Any],
    revision: int | None = None,
    submission_id: str | None = None,
    instance_id: Any = None,
    step_name: str | None = None,
    via: str = "web",
) -> HumanTask:
    """Decide a task with the form's `data`; an open task of one's own group is taken with it.

    `revision` is the data revision that the decider saw. The same `submission_id` again
    gives the same answer. Raises TaskClosed, NotAllowed, InvalidSubmission, DataChanged, and
    BadAnswer where the step's own `validate_submission` is at fault.
    """
    found = find_task(task, instance_id=instance_id, step_name=step_name)
    same_decider = found.decided_by_id == getattr(user, "pk", None)
    if submission_id and found.submission_id == submission_id and same_decider:
        return found
    _require_permission(found, user)
    step = human_step(code_of(found.instance.definition), found.step)
    submitted = _checked(found, step, data)
    with transaction.atomic():
        transition = lock_one(found.instance_id, now())
        found.instance = transition.instance
        check_unchanged(found, revision)
        bind(submitted, found.instance, user=user, at=transition.at, task=found)
        _commit(transition, found, step, submitted, user, submission_id or "", via)
        write([transition])
    return found


def _require_permission(task: HumanTask, user: Any) -> None:
    answer = None if user is None else task_access(user, task)
    if answer is None or not answer.may_decide:
        # The copy at hand may be older than somebody else's decision.
        refuse_closed(whole_tasks().get(pk=task.pk), user)
    if answer is not None and not answer.may_decide:
        raise NotAllowed(answer.why_not or _("You may not see this task."))


def _checked(task: HumanTask, step: BaseHumanStep, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the declared properties of a submission; raises InvalidSubmission with all messages."""
    schema = step.form_schema or {"type": "object"}
    try:
        plain = to_json(dict(data), "submission")
    except BadValue as error:
        raise InvalidSubmission({"": [str(error)]}) from error
    errors = validate(schema, plain) or _missing_reason(step, plain)
    submitted = pick_declared(schema, plain)
    if not errors and overrides(step, "validate_submission", BaseHumanStep):
        errors = _own_errors(task, step, submitted)
    if errors:
        raise InvalidSubmission(errors)
    return submitted


def _missing_reason(step: BaseHumanStep, data: dict[str, Any]) -> dict[str, list[str]]:
    outcomes, chosen = find_outcomes(step), chosen_outcome(step, data)
    if not (outcomes and chosen and chosen.requires_reason):
        return {}
    reason = str(data.get(outcomes.reason_field) or "").strip()
    return {} if reason else {f"/{outcomes.reason_field}": [_("Say why.")]}


def _own_errors(
    task: HumanTask, step: BaseHumanStep, submitted: dict[str, Any]
) -> dict[str, list[str]]:
    """Give what `validate_submission` says: messages for the whole, or per JSON Pointer."""
    definition = code_of(task.instance.definition)
    context = go_on(task.execution, task.instance, definition, None).context
    try:
        answer = answer_of(step.validate_submission, context, submitted)
    except Exception as error:
        logger.exception("validate_submission of %s failed.", task.step)
        raise BadAnswer(f"validate_submission failed: {describe(error)}") from error
    if isinstance(answer, str) or not isinstance(answer, (Mapping, list, tuple, type(None))):
        raise BadAnswer(f"validate_submission returned {answer!r}; return a list or a dictionary.")
    by_pointer = answer if isinstance(answer, Mapping) else {"": answer or []}
    messages = {
        str(pointer): [str(said)] if isinstance(said, str) else [str(one) for one in said]
        for pointer, said in by_pointer.items()
    }
    return {pointer: said for pointer, said in messages.items() if said}


def chosen_outcome(step: BaseHumanStep, data: Mapping[str, Any]) -> Outcome | None:
    """Give the declared outcome that a submission stands for."""
    outcomes = find_outcomes(step)
    if outcomes is None or outcomes.field not in data:
        return None
    value = data[outcomes.field]
    return next(
        (one for one in outcomes.choices if one.value == value and type(one.value) is type(value)),
        None,
    )


def _commit(
    transition: Transition,
    task: HumanTask,
    step: BaseHumanStep,
    submitted: dict[str, Any],
    user: Any,
    submission_id: str,
    via: str,
) -> None:
    """Close the task for one decider; whoever comes second is told who was first."""
    outcome = chosen_outcome(step, submitted)
    commit_at = transition.at + step.undo if step.undo and user is not None else None
    changes: dict[str, Any] = {
        "status": TaskStatus.DECIDED if commit_at else TaskStatus.COMPLETED,
        "outcome": str(outcome.value)[:200] if outcome else "",
        "outcome_label": outcome.label[:200] if outcome else "",
        "decided_by": user,
        "decided_at": transition.at,
        "closed_at": None if commit_at else transition.at,
        "submission_id": submission_id[:100],
    }
    free = HumanTask.objects.filter(pk=task.pk, status=task.status, assignee=task.assignee_id)
    if not free.update(**changes):
        refuse_closed(whole_tasks().get(pk=task.pk), user)
        raise WrongState(_("Somebody else has just taken this task."))
    for name, value in changes.items():
        setattr(task, name, value)
    _release_execution(transition, task, submitted, commit_at)
    if commit_at:
        put_aside(task, user.pk)
    else:
        close_access(task, transition.at, decider_id=getattr(user, "pk", None))
    transition.record(
        "task.decided" if commit_at else "task.completed",
        path=task.step,
        execution_id=task.execution_id,
        actor=user,
        via=via,
        outcome=task.outcome_label,
        submitted=submitted,
    )


def _release_execution(
    transition: Transition, task: HumanTask, submitted: dict[str, Any], commit_at: datetime | None
) -> None:
    """Give the execution to a worker, now or when the decision can no longer be undone."""
    changes: dict[str, Any] = {"result": submitted, "fence": F("fence") + 1, "due_at": commit_at}
    changes["status"] = "scheduled" if commit_at else transition.ready_or_held
    waiting = StepExecution.objects.filter(pk=task.execution_id, status="waiting")
    if not waiting.update(**changes):
        raise WrongState(_("The workflow is no longer waiting for this task."))
    if not commit_at:
        transition.resume_running()
    wake_later()


def undo(task: Any, *, user: Any, via: str = "web") -> HumanTask:
    """Take a decision back while its undo window is open; only the decider may."""
    found = find_task(task)
    if user is not None and found.decided_by_id != user.pk:
        raise NotAllowed(_("Only who decided can undo the decision."))
    with transaction.atomic():
        transition = lock_one(found.instance_id, now())
        reopened = StepExecution.objects.filter(
            pk=found.execution_id, status="scheduled", phase="leave", task__status="decided"
        ).update(status="waiting", due_at=None, result=None, fence=F("fence") + 1)
        if not reopened:
            raise WrongState(_("It is too late to undo this decision."))
        HumanTask.objects.filter(pk=found.pk).update(
            status=TaskStatus.RESERVED,
            assignee=found.decided_by,
            decided_by=None,
            decided_at=None,
            outcome="",
            outcome_label="",
            submission_id="",
        )
        take(found, found.decided_by_id)
        transition.record(
            "task.undone", path=found.step, execution_id=found.execution_id, actor=user, via=via
        )
        write([transition])
    return find_task(found.pk)

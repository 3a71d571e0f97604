"""Decide a task: check, commit the decision, and leave the rest to a worker."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from workflows.engine.access import task_states
from workflows.engine.access.rows import close_access, put_aside, take
from workflows.engine.definitions.outcomes import find_outcomes
from workflows.engine.definitions.stored import code_of, human_step
from workflows.engine.files.attachments import bind, unbind
from workflows.engine.queries.find_task import find_task, is_decided_by, whole_tasks
from workflows.engine.queries.one_click import refuse_in_bulk
from workflows.engine.queries.receipts import RECEIPT
from workflows.engine.queries.visible_data import check_unchanged, task_form
from workflows.engine.tasks.assign import require_reason
from workflows.engine.tasks.change import change, changing, require
from workflows.engine.tasks.receipts import Decided, Sheet, issue
from workflows.engine.transitions.transition import Transition
from workflows.engine.work.call import answer_of, overrides
from workflows.engine.work.load import go_on
from workflows.engine.work.texts import describe
from workflows.exceptions import (
    AlreadySent,
    BadAnswer,
    BadValue,
    FormChanged,
    InvalidSubmission,
    NotAllowed,
    WorkflowError,
    WrongState,
)
from workflows.models.step_executions import StepExecution
from workflows.models.tasks import HumanTask, TaskStatus
from workflows.schemas import pick_declared, same, validate
from workflows.steps.human import BaseHumanStep, Outcome
from workflows.values.moments import after
from workflows.values.plain_json import to_json
from workflows.wakeups import wake_later

logger = logging.getLogger("workflows")


def complete_human_task(
    task: Any = None,
    *,
    user: Any,
    data: Mapping[str, Any],
    revision: int | None = None,
    submission_id: str | None = None,
    form: str | None = None,
    instance_id: Any = None,
    step_name: str | None = None,
    via: str = "web",
) -> HumanTask:
    """Decide a task with the form's `data`; an open task of one's own group is taken with it.

    `revision` is the data revision that the decider saw, `form` the fingerprint of the form. The
    same `submission_id` with the same data again gives the same answer. Raises TaskClosed,
    AlreadySent, NotAllowed, InvalidSubmission, DataChanged, FormChanged, and BadAnswer where the
    step's own `validate_submission` is at fault.
    """
    found = find_task(task, instance_id=instance_id, step_name=step_name)
    if is_decided_by(found, user, submission_id):
        return _require_same(found, data)
    seen = Seen(revision, form)
    try:
        _decide(found, data, user=user, seen=seen, submission_id=submission_id, via=via)
    except WorkflowError:
        # Of two that were sent at the same moment, the second waited for the first.
        latest = whole_tasks().get(pk=found.pk)
        if not is_decided_by(latest, user, submission_id):
            raise
        return _require_same(latest, data)
    return found


def _require_same(task: HumanTask, data: Mapping[str, Any]) -> HumanTask:
    """Give the task that was decided with these very data; raises AlreadySent for others.

    Buttons are pressed twice, and forms are changed in between and sent again: whoever does that
    must not be told that it counts.
    """
    # The copy at hand may be older than its decision.
    recorded = StepExecution.objects.values_list("result", flat=True).get(pk=task.execution_id)
    submitted = pick_declared(task_form(task).schema or {}, to_json(dict(data), "submission"))
    if same(submitted) == same(recorded):
        return task
    said = {"outcome": task.outcome_label or _("Done")}
    message = _("This form was already sent: %(outcome)s. What you have sent now does not count.")
    raise AlreadySent(message % said, recorded if isinstance(recorded, dict) else {})


class Seen(NamedTuple):
    """What whoever decides had before them: the revision of the data, and which form."""

    revision: int | None
    form: str | None


def _require_form(task: HumanTask, form: str | None) -> None:
    """Refuse what was filled in in another form, of which this one would make something else."""
    if form is not None and form != task_form(task).fingerprint:
        raise FormChanged(_("The form has changed since you opened it. Nothing has been decided."))


def _decide(
    task: HumanTask,
    data: Mapping[str, Any],
    *,
    user: Any,
    seen: Seen,
    submission_id: str | None,
    via: str,
) -> None:
    require(task, task_states.DECIDE, user)
    step = human_step(code_of(task.instance.definition), task.step)
    _require_form(task, seen.form)
    refuse_in_bulk(via, high_risk=step.high_risk)
    submitted, sheet = _checked(task, step, data), Sheet.of(task)
    with changing(task, task_states.DECIDE, user) as transition:
        task.instance = transition.instance
        check_unchanged(task, seen.revision)
        bind(submitted, task.instance, user=user, at=transition.at, task=task)
        _commit(transition, task, step, sheet, submitted, user, submission_id or "", via)


def override(
    task: Any,
    *,
    user: Any,
    data: Mapping[str, Any],
    reason: str,
    form: str | None = None,
    via: str = "web",
) -> HumanTask:
    """Decide an open task in the place of those who were asked; administrators may, with a reason.

    It is shown as such, cannot be undone, and is closed to who is excluded like any decision.
    `form` is the fingerprint of the form that was filled in: FormChanged where it is another one.
    """
    found = find_task(task)
    require(found, task_states.OVERRIDE, user)
    step = human_step(code_of(found.instance.definition), found.step)
    _require_form(found, form)
    require_reason(reason)
    submitted, sheet = _checked(found, step, data), Sheet.of(found)
    with changing(found, task_states.OVERRIDE, user) as transition:
        found.instance = transition.instance
        bind(submitted, found.instance, user=user, at=transition.at, task=found)
        _commit(transition, found, step, sheet, submitted, user, "", via, override=reason)
    return found


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
    sheet: Sheet,
    submitted: dict[str, Any],
    user: Any,
    submission_id: str,
    via: str,
    override: str | None = None,
) -> None:
    """Close the task for one decider; whoever comes second is told who was first."""
    outcome = chosen_outcome(step, submitted)
    waits = bool(step.undo) and user is not None and override is None
    commit_at = after(transition.at, step.undo) if waits else None
    move = task_states.DECIDE_FOR_NOW if commit_at else task_states.DECIDE
    if override is not None:
        move = task_states.OVERRIDE
    values: dict[str, Any] = {
        "outcome": str(outcome.value)[:200] if outcome else "",
        "outcome_label": outcome.label[:200] if outcome else "",
        "decided_by": user,
        "decided_at": transition.at,
        "closed_at": None if commit_at else transition.at,
        "submission_id": submission_id[:100],
    }
    said: dict[str, Any] = {"outcome": values["outcome_label"], "submitted": submitted}
    was_asked = task.status == TaskStatus.INFO_REQUESTED
    if override is not None:
        values |= {"overridden_at": transition.at, "closed_reason": override[:500]}
        said["reason"] = override[:500]
    decided = Decided(user, via, outcome, submitted, is_override=override is not None)
    said[RECEIPT] = issue(transition, task, sheet, decided, reason=said.get("reason", ""))
    change(transition, task, move, user=user, via=via, values=values, said=said)
    _release_execution(transition, task, submitted, commit_at)
    if commit_at:
        put_aside(task, user.pk)
    else:
        decider_id = getattr(user, "pk", None)
        close_access(task, transition.at, decider_id=decider_id, was_asked=was_asked)


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
    if found.status == TaskStatus.DECIDED and user is not None and found.decided_by_id != user.pk:
        raise NotAllowed(_("Only who decided can undo the decision."))
    if found.status == TaskStatus.COMPLETED:
        raise WrongState(_("It is too late to undo this decision."))
    require(found, task_states.UNDO, user)
    with changing(found, task_states.UNDO, user) as transition:
        reopened = StepExecution.objects.filter(
            pk=found.execution_id, status="scheduled", phase="leave", task__status="decided"
        ).update(status="waiting", due_at=None, result=None, fence=F("fence") + 1)
        if not reopened:
            raise WrongState(_("It is too late to undo this decision."))
        decided = find_task(found.pk)
        unbind(decided, decided.decided_at)
        values: dict[str, Any] = dict.fromkeys(("outcome", "outcome_label", "submission_id"), "")
        values |= {"assignee": decided.decided_by, "decided_by": None, "decided_at": None}
        change(transition, decided, task_states.UNDO, user=user, via=via, values=values)
        take(decided, decided.assignee_id)
    return find_task(found.pk)

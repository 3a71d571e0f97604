"""Deciding a task: it counts, or the page says why not and keeps what was typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tasks_ui.lists.list_state import Place
from tasks_ui.request import SignedInRequest
from tasks_ui.submissions.drafts import keep, keep_sent
from tasks_ui.submissions.previews import answer_preview
from tasks_ui.tasks.decision_form import Decision
from tasks_ui.tasks.page import access_or_404, changes, find_task, show_task, tell
from tasks_ui.tasks.undo_link import undo_tags
from workflows import engine
from workflows.engine import queries
from workflows.exceptions import (
    AlreadySent,
    DataChanged,
    DefinitionError,
    FormChanged,
    InvalidSubmission,
    NotAllowed,
    StepError,
    UnknownWorkflow,
    WorkflowError,
    WrongState,
)
from workflows.models import HumanTask, TaskStatus


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Take the decision and lead on to the next task.

    A GET comes from reloading or sharing the address that a refused form left behind.
    """
    if request.method != "POST":
        return HttpResponseRedirect(Place.of(request).url("task", task_id))
    task = find_task(task_id)
    decision = _decision(request, task)
    was_sent = queries.is_decided_by(task, request.user, decision.submission_id)
    # What was filled in in another form, or sent before, is told that first of all.
    if decision.is_current and not was_sent and not decision.is_valid():
        return _refuse(request, task, decision, status=422)
    try:
        decided = engine.complete_human_task(
            task,
            user=request.user,
            data=decision.data,
            revision=decision.revision,
            submission_id=decision.submission_id,
            form=decision.made_with,
        )
    except WorkflowError as error:
        return _say_why_not(request, task, decision, error)
    return _lead_on(request, decided, decision)


def _say_why_not(
    request: SignedInRequest, task: HumanTask, decision: Decision, error: WorkflowError
) -> HttpResponse:
    """Show the task with the reason for which the decision does not count."""
    more: dict[str, Any] = {"conflict": str(error)}
    match error:
        case InvalidSubmission():
            status, more = 422, {}
            decision.add_errors(error)
        case FormChanged():
            status, more = 409, {}
            decision.refuse_change(error)
        case DataChanged():
            status, more = 409, {"changed": error}
        case NotAllowed():
            status = 403
        case AlreadySent():
            status, more = 409, more | {"recorded": decision.in_words(error.recorded)}
        case WrongState():
            status = 409
        case StepError():
            status = 500
            more["conflict"] = _(
                "The check that this step makes failed. Nothing was decided; try again later."
            )
        case DefinitionError() | UnknownWorkflow():
            status = 503
            more["conflict"] = _(
                "This server does not have the code of this workflow now. Try again later."
            )
        case _:
            raise error
    return _refuse(request, task, decision, status=status, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def task_preview(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Show the form as it would be after an answer, or after a button that adds to it."""
    if request.method != "POST":
        return HttpResponseRedirect(Place.of(request).url("task", task_id))
    task = find_task(task_id)
    access = access_or_404(request, task)
    decision = _decision(request, task, is_preview=True)
    if not access.may_decide:
        conflict = _("You can no longer decide this task.")
        return _refuse(request, task, decision, status=403, conflict=conflict)
    return answer_preview(
        request, decision.form, lambda: show_task(request, task, access, decision=decision)
    )


def _decision(request: SignedInRequest, task: HumanTask, *, is_preview: bool = False) -> Decision:
    return Decision(
        task,
        request.user,
        request.POST,
        request.FILES,
        preview_url=Place.of(request).url("task_preview", task.pk),
        is_preview=is_preview,
    )


def _lead_on(request: SignedInRequest, task: HumanTask, decision: Decision) -> HttpResponse:
    if task.status == TaskStatus.DECIDED:
        keep_sent(request.user, task, request.POST, decision.uploads)
    about = task.summary or task.instance.summary or task.title
    said = {"outcome": task.outcome_label or _("Done"), "about": about}
    place = Place.of(request)
    messages.success(request, _("%(outcome)s: %(about)s") % said, extra_tags=undo_tags(task, place))
    return HttpResponseRedirect(place.url("next", at=request.POST.get("at", "")[:60]))


def _refuse(
    request: SignedInRequest,
    task: HumanTask,
    decision: Decision,
    *,
    status: int,
    conflict: str = "",
    changed: DataChanged | None = None,
    **more: Any,
) -> HttpResponse:
    """Show the task as it is now, with everything that was typed, which is kept as a draft too."""
    now = find_task(task.pk)
    draft = keep(request.user, now, request.POST, decision.uploads)
    access = queries.task_access(request.user, now)
    if conflict and not access.may_see and decision.was_shown:
        at = request.POST.get("at", "")[:60]
        return tell(request, conflict, decision.typed, status=status, at=at)
    return show_task(
        request,
        now,
        access_or_404(request, now),
        decision=decision if access.may_decide else None,
        draft=draft,
        status=status,
        conflict=conflict,
        changes=changes(now.instance, changed.difference) if changed else [],
        typed=[] if access.may_decide else decision.typed,
        **more,
    )

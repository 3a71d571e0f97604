"""Deciding in the place of those who were asked: for administrators, with a reason, and marked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tasks_ui.lists.list_state import Place
from tasks_ui.lists.page import task_list
from tasks_ui.request import SignedInRequest
from tasks_ui.submissions.after_sign_in import take_back
from tasks_ui.submissions.previews import answer_preview
from tasks_ui.tasks.decision_form import Decision
from tasks_ui.tasks.page import access_or_404, find_task
from workflows import engine
from workflows.exceptions import (
    DefinitionError,
    FormChanged,
    InvalidSubmission,
    NotAllowed,
    UnknownWorkflow,
    WrongState,
)
from workflows.models import HumanTask


@require_http_methods(["GET", "HEAD", "POST"])
def override(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Show the step's form with a reason below it, look at it again, or decide with it."""
    task = find_task(task_id)
    answer = access_or_404(request, task)
    place = Place.of(request)
    if not answer.may_override and request.method != "POST":
        messages.error(request, answer.why_not or _("Only an administrator can override."))
        return HttpResponseRedirect(place.url("task", task.pk))
    is_posted = request.method == "POST"
    typed = request.POST if is_posted else take_back(request, request.user, task, "override")
    is_preview = "x" in request.POST
    decision = Decision(
        task,
        request.user,
        typed,
        request.FILES,
        preview_url=place.url("override", task.pk),
        is_preview=is_preview or not is_posted,
    )
    if not is_posted:
        return _show(request, task, decision)
    if is_preview:
        return answer_preview(request, decision.form, lambda: _show(request, task, decision))
    return _decide(request, task, decision)


def _decide(request: SignedInRequest, task: HumanTask, decision: Decision) -> HttpResponse:
    if decision.is_current and not decision.is_valid():
        return _show(request, task, decision, status=422)
    try:
        engine.override(
            task,
            user=request.user,
            data=decision.data,
            reason=request.POST.get("reason", ""),
            form=decision.made_with,
        )
    except FormChanged as error:
        decision.refuse_change(error)
        return _show(request, task, decision, status=409)
    except InvalidSubmission as error:
        if problem := error.errors.pop("/reason", None):
            decision.problem = " ".join(problem)
        decision.add_errors(error)
        return _show(request, task, decision, status=422)
    except NotAllowed as error:
        return _show(request, task, decision, status=403, conflict=error.reason)
    except WrongState as error:
        return _show(request, task, decision, status=409, conflict=str(error))
    except (DefinitionError, UnknownWorkflow):
        conflict = _("This server does not have the code of this workflow now. Try again later.")
        return _show(request, task, decision, status=503, conflict=conflict)
    messages.success(request, _("The task is decided, and marked as overridden."))
    return HttpResponseRedirect(Place.of(request).url("task", task.pk))


def _show(
    request: SignedInRequest,
    task: HumanTask,
    decision: Decision,
    *,
    status: int = 200,
    conflict: str = "",
) -> HttpResponse:
    place = Place.of(request)
    context = {
        "task": task,
        "decision": decision,
        "conflict": conflict,
        "reason": "" if decision.post is None else decision.post.get("reason", ""),
        "receipt": decision.receipt,
        "list": task_list(request.user, place, current=task),
        "place": place.view,
        "back": place.url("task", task.pk),
        "action": place.url("override", task.pk),
    }
    return render(request, "tasks_ui/override.html", context, status=status)

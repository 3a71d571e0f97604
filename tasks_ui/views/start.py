"""What can be started, and the form that starts it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tasks_ui.request import SignedInRequest
from tasks_ui.submissions.drafts import keep
from tasks_ui.submissions.form_token import submission_id
from tasks_ui.submissions.previews import answer_preview
from tasks_ui.tasks.decision_form import not_a_field
from tasks_ui.tasks.start_form import Start, startable
from workflows import engine
from workflows.engine import queries
from workflows.exceptions import DuplicateKey, InvalidSubmission

CHANGED: Final = gettext_lazy("The form has changed since you opened it. Nothing has been started.")


@require_safe
def catalogue(request: SignedInRequest) -> HttpResponse:
    """Show the workflows that this person may start."""
    context = {"workflows": queries.startable(request.user), "place": "start"}
    return render(request, "tasks_ui/catalogue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, workflow: str) -> HttpResponse:
    """Show the start form, or start the workflow with what was filled in."""
    shown = Start(request, startable(request, workflow))
    if request.method != "POST":
        answer = _page(request, shown)
    elif not shown.is_current and not shown.was_sent:
        problem = "" if shown.form else CHANGED
        answer = _refuse(request, shown, status=409, problem=str(problem))
    elif shown.is_current and shown.form and shown.form.unknown:
        answer = _refuse(request, shown, status=422, problem=not_a_field(shown.form.unknown))
    elif not shown.is_current or shown.form is None or shown.form.is_valid():
        answer = _start(request, shown)
    else:
        answer = _refuse(request, shown, status=422)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def start_preview(request: SignedInRequest, workflow: str) -> HttpResponse:
    """Show the start form as it would be after an answer, or after a button that adds to it."""
    definition = startable(request, workflow)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("start", args=[workflow]))
    shown = Start(request, definition, is_preview=True)
    return answer_preview(request, shown.form, lambda: _page(request, shown))


def _start(request: SignedInRequest, shown: Start) -> HttpResponse:
    data = shown.form.data if shown.form else {}
    name = shown.definition.name
    try:
        instance = engine.start_workflow(name, initial_data=data, user=request.user, key=shown.key)
    except InvalidSubmission as error:
        if not shown.is_current:
            return _sent_before(request, shown)
        problem = _add_errors(shown, error)
        answer = _refuse(request, shown, status=422, problem=problem)
    except DuplicateKey:
        answer = _sent_before(request, shown)
    else:
        engine.discard_draft(request.user, workflow=name)
        messages.success(request, _("Your request is on its way."))
        answer = HttpResponseRedirect(reverse("request", args=[instance.pk]))
    return answer


def _sent_before(request: SignedInRequest, shown: Start) -> HttpResponse:
    problem = _("This form was sent before, with other values. Send it again to start another.")
    # What was refused as a repetition gets a new id; everything else keeps the one it has.
    shown.uploads.token = submission_id("")
    return _refuse(request, shown, status=409, problem=problem)


def _add_errors(shown: Start, error: InvalidSubmission) -> str:
    if shown.form is None:
        return str(error)
    shown.form.add_errors(error.errors)
    return ""


def _refuse(
    request: SignedInRequest, shown: Start, *, status: int, problem: str = ""
) -> HttpResponse:
    """Show the form again with what is wrong about it, and keep what was typed as a draft too."""
    if shown.form is not None:
        post = request.POST.copy()
        post["submission"] = shown.uploads.token
        shown.draft = keep(request.user, shown.definition, post, shown.uploads)
    return _page(request, shown, status=status, problem=problem)


def _page(
    request: SignedInRequest, shown: Start, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    context = {
        "workflow": shown.definition,
        "form": shown.form,
        "draft": shown.draft,
        "others": shown.others,
        "fingerprint": shown.fingerprint,
        "receipt": shown.receipt,
        "problem": problem,
        "submission": shown.uploads.token,
        "place": "start",
    }
    return render(request, "tasks_ui/start.html", context, status=status)

"""Keeping what is typed into a form, while it is typed, and throwing it away."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tasks_ui.lists.list_state import Place
from tasks_ui.request import NothingHere, SignedInRequest, wants_fragment
from tasks_ui.submissions.drafts import save
from tasks_ui.submissions.typed import UNREAD
from tasks_ui.tasks.page import NO_TASK, find_task
from tasks_ui.tasks.start_form import startable
from workflows import WorkflowDefinition, engine
from workflows.engine import queries
from workflows.exceptions import DraftTooLarge, NotAllowed, WrongState
from workflows.models import Draft, HumanTask

SHOW: Final = "show"
"""The name of a button that keeps what is typed and then loads the page anew."""


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Keep what is typed, and say so beside the form; its controls are left alone."""
    back = Place.of(request).url("task", task_id)
    if request.method != "POST":
        return HttpResponseRedirect(back)
    task = find_task(task_id)
    if not queries.task_access(request.user, task).may_draft:
        raise NothingHere(NO_TASK)
    if "discard" in request.POST:
        engine.discard_draft(request.user, task=task)
        return _thrown_away(request, back)
    return _keep(request, back, task)


@require_http_methods(["GET", "HEAD", "POST"])
def start_draft(request: SignedInRequest, workflow: str) -> HttpResponse:
    """Keep what is typed into a start form, and say so beside it."""
    definition = startable(request, workflow)
    back = reverse("start", args=[workflow])
    if request.method != "POST":
        return HttpResponseRedirect(back)
    if "discard" in request.POST:
        engine.discard_draft(request.user, workflow=definition.name)
        return _thrown_away(request, back)
    return _keep(request, back, definition)


def _thrown_away(request: SignedInRequest, back: str) -> HttpResponse:
    messages.success(request, _("The draft is thrown away."))
    return HttpResponseRedirect(back)


def _keep(request: SignedInRequest, back: str, of: HumanTask | WorkflowDefinition) -> HttpResponse:
    kept: Draft | None = None
    problem = ""
    try:
        kept = save(request.user, of, request.POST)
    except (NotAllowed, DraftTooLarge, WrongState) as error:
        problem = str(error)
    if SHOW in request.POST or not wants_fragment(request):
        if problem:
            messages.error(request, problem)
        else:
            messages.success(request, _("Your draft is saved."))
        return HttpResponseRedirect(back)
    news = _news(request, of) if isinstance(of, HumanTask) else ""
    context = {"draft": kept, "problem": problem, "news": news, "unread": UNREAD in request.POST}
    return render(request, "tasks_ui/_draft_status.html", context)


def _news(request: SignedInRequest, task: HumanTask) -> str:
    """Say why the form can no longer be sent, while somebody still fills it in."""
    answer = queries.task_access(request.user, task)
    return "" if answer.may_decide else answer.why_not or _("This task is closed.")

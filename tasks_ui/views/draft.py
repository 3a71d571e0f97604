"""Keeping what is typed into a form, while it is typed, and throwing it away."""

from __future__ import annotations

from collections.abc import Sequence
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
from tasks_ui.submissions.drafts import address, lacks_file, named, others, save
from tasks_ui.submissions.form_token import submission_id
from tasks_ui.submissions.typed import UNREAD
from tasks_ui.submissions.uploads import Uploads
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
        engine.discard_draft(request.user, task=task, draft=named(request.POST))
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
        engine.discard_draft(request.user, workflow=definition.name, draft=named(request.POST))
        return _thrown_away(request, back)
    return _keep(request, back, definition)


def _thrown_away(request: SignedInRequest, back: str) -> HttpResponse:
    messages.success(request, _("The draft is thrown away."))
    return HttpResponseRedirect(back)


def _keep(request: SignedInRequest, back: str, of: HumanTask | WorkflowDefinition) -> HttpResponse:
    kept: Draft | None = None
    problem = ""
    token = submission_id(request.POST.get("submission", ""))
    uploads = Uploads(request.user, token, request.FILES)
    try:
        kept = save(request.user, of, request.POST, uploads if request.FILES else None)
    except (NotAllowed, DraftTooLarge, WrongState) as error:
        problem = str(error)
    beside = others(back, request.user, of, kept)
    if SHOW in request.POST or not wants_fragment(request):
        _tell(request, problem, uploads.refusals, has_others=bool(beside))
        return HttpResponseRedirect(address(back, kept) if kept and beside else back)
    context = {
        "draft": kept,
        "others": beside,
        "problem": problem,
        "lacks_file": lacks_file(request.POST),
        "unread": UNREAD in request.POST,
        "news": _news(request, of) if isinstance(of, HumanTask) else "",
    }
    answer = render(request, "tasks_ui/_draft_status.html", context)
    if kept:
        answer["X-Draft"] = kept.mark
    return answer


def _tell(
    request: SignedInRequest, problem: str, refusals: Sequence[str], *, has_others: bool
) -> None:
    """Say on the next page what has become of the draft."""
    if problem:
        messages.error(request, problem)
        return
    messages.success(request, _("Your draft is saved."))
    for reason in refusals:
        messages.error(request, _("The file is not kept: %s") % reason)
    if has_others:
        messages.warning(request, _("There is another draft of this form, from another window."))


def _news(request: SignedInRequest, task: HumanTask) -> str:
    """Say why the form can no longer be sent, while somebody still fills it in."""
    answer = queries.task_access(request.user, task)
    return "" if answer.may_decide else answer.why_not or _("This task is closed.")

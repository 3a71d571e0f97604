"""Doing the same with many tasks: what is asked first, what became of each, and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tasks_ui.bulk import batches, run
from tasks_ui.bulk.actions import ACTS, Act
from tasks_ui.bulk.forms import BulkForm
from tasks_ui.bulk.rows import chosen_lines, result_of
from tasks_ui.bulk.selection import MOST, Pick, picks_in
from tasks_ui.lists.list_state import Place
from tasks_ui.lists.page import task_list
from tasks_ui.models import Batch
from tasks_ui.request import NothingHere, SignedInRequest
from tasks_ui.submissions.after_sign_in import take_back
from tasks_ui.submissions.form_token import MANY, receipt, submission_id


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: SignedInRequest) -> HttpResponse:
    """Ask what is needed of the tasks that were chosen, or do it."""
    is_posted = request.method == "POST"
    kept = None if is_posted else take_back(request, request.user, MANY, "bulk")
    sent = kept or request.POST
    act = ACTS.get(sent.get("act", ""))
    picks = picks_in(sent.getlist("pick"))
    if act is None or (problem := _problem(picks)):
        if act is not None:
            messages.error(request, problem)
        return HttpResponseRedirect(Place.of(request).list_url)
    if is_posted and (not act.asks or "confirmed" in sent):
        return _do(request, act, picks)
    return _ask(request, act, picks, initial=sent.dict())


def _problem(picks: list[Pick]) -> str:
    if not picks:
        return _("Choose tasks first: tick them in the list.")
    if len(picks) > MOST:
        said = {"most": MOST, "count": len(picks)}
        return _("Nothing was done: at most %(most)d tasks at once, not %(count)d.") % said
    return ""


def _ask(
    request: SignedInRequest, act: Act, picks: list[Pick], posted: Any = None, initial: Any = None
) -> HttpResponse:
    """Show what was chosen, what it cannot be done with and why, and the form for the others."""
    place = Place.of(request)
    lines = chosen_lines(act, picks, request.user)
    able = [line.task for line in lines if line.task is not None and not line.problem]
    form = act.form(posted, initial=initial, tasks=able, user=request.user)
    context = {
        "act": act,
        "title": act.title % len(able),
        "lines": lines,
        "able": able,
        "problems": len(lines) - len(able),
        "form": form,
        "picks": picks,
        "submission": submission_id(""),
        "receipt": receipt(MANY, request.user.pk),
        "list": task_list(request.user, place),
        "place": place.view,
        "back": place.list_url,
        "action": place.url("bulk"),
    }
    status = 422 if posted is not None else 200
    return render(request, "tasks_ui/bulk.html", context, status=status)


def _do(request: SignedInRequest, act: Act, picks: list[Pick]) -> HttpResponse:
    user, batch_id = request.user, batches.id_of(request.user, request.POST)
    if batches.find(user, batch_id) is None:
        lines = chosen_lines(act, picks, user)
        seen = [line.task for line in lines if line.task is not None]
        able = [line.task for line in lines if line.task is not None and not line.problem]
        # Where nothing can be done with any of them, each still says why at its turn.
        tasks = able or seen
        form: BulkForm = act.form(request.POST, tasks=tasks, user=user)
        if not form.is_valid():
            return _ask(request, act, picks, request.POST)
        items = run.run(act, form, picks, user, batch_id)
        batches.keep(user, batch_id, act.name, form.said, items)
    return HttpResponseRedirect(Place.of(request).url("bulk_result", batch_id))


@require_safe
def bulk_result(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """Say what became of each task."""
    place = Place.of(request)
    context = {
        "result": result_of(_batch(request, batch_id)),
        "list": task_list(request.user, place),
        "place": place.view,
        "back": place.list_url,
        "action": place.url("bulk_undo", batch_id),
    }
    return render(request, "tasks_ui/bulk_result.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_undo(request: SignedInRequest, batch_id: UUID) -> HttpResponse:
    """Take back what was done to all of them."""
    batch = _batch(request, batch_id)
    if request.method == "POST":
        batches.take_back(batch)
    return HttpResponseRedirect(Place.of(request).url("bulk_result", batch_id))


def _batch(request: SignedInRequest, batch_id: UUID) -> Batch:
    found = batches.find(request.user, batch_id)
    if found is None:
        raise NothingHere(_("What was done here is no longer kept, or somebody else did it."))
    return found

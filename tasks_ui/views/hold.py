"""What one button does: taking a task, giving it back, having it back, taking back a decision."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tasks_ui.lists.list_state import Place
from tasks_ui.request import SignedInRequest
from tasks_ui.tasks.page import access_or_404, find_task
from workflows import engine
from workflows.exceptions import NotAllowed, WrongState
from workflows.models import HumanTask

Verb = Callable[..., HumanTask]
Action = Callable[[SignedInRequest, UUID], HttpResponse]


def _action(verb: Verb, *, done: str | Promise = "") -> Action:
    @require_http_methods(["GET", "HEAD", "POST"])
    def act(request: SignedInRequest, task_id: UUID) -> HttpResponse:
        if request.method == "POST":
            _try(verb, request, task_id, done)
        place = Place.of(request)
        at_list = request.method == "POST" and "list" in request.POST
        return HttpResponseRedirect(place.list_url if at_list else place.url("task", task_id))

    return act


def _try(verb: Verb, request: SignedInRequest, task_id: UUID, done: str | Promise) -> None:
    task = find_task(task_id)
    access_or_404(request, task)
    try:
        verb(task, user=request.user)
    except (NotAllowed, WrongState) as error:
        # Both are sentences for people: "Ben has taken this task."
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, str(done))


claim = _action(engine.claim)
release = _action(engine.release)
undo = _action(engine.undo)
recall = _action(engine.recall)
wake = _action(engine.unsnooze, done=_("The task is back in your lists."))
noted = _action(engine.note_mention)

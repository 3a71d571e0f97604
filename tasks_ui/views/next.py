"""On to the next task."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from tasks_ui.lists.list_state import Place
from tasks_ui.lists.page import next_task
from tasks_ui.request import SignedInRequest
from workflows.engine import lists


@require_safe
def next_in_list(request: SignedInRequest) -> HttpResponse:
    """Lead to the task after the one that stood at `at`, or to the list when it is empty.

    Without `at` and without anything that narrows the list, to what should be done first: what is
    due within a day, then what is most urgent, then what is due soonest.
    """
    place, at = Place.of(request), request.GET.get("at", "")
    following = (
        next_task(request.user, place, after=at)
        if at or place.narrowed or place.sort
        else lists.next_best(request.user, place.view)
    )
    return HttpResponseRedirect(place.url("task", following) if following else place.list_url)

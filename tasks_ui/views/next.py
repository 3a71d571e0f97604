"""On to the next task."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from tasks_ui.http import SignedInRequest
from tasks_ui.lists import next_task
from tasks_ui.places import Place


@require_safe
def next_in_list(request: SignedInRequest) -> HttpResponse:
    """Lead to the task after the one that stood at `at`, or to the list when it is empty."""
    place = Place.of(request)
    following = next_task(request.user, place, after=request.GET.get("at", ""))
    return HttpResponseRedirect(place.url("task", following) if following else place.list_url)

"""The lists of tasks: my own, my groups', and what I decided."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tasks_ui.lists.list_state import VIEWS, Place
from tasks_ui.lists.page import task_list
from tasks_ui.request import SignedInRequest


@require_safe
def inbox(request: SignedInRequest, view: str) -> HttpResponse:
    """Show one page of a list, at an address that has nothing empty in it."""
    if view not in VIEWS:
        raise Http404
    place = Place.of(request, view)
    if not all(request.GET.values()):
        # A form sends all its fields; an address to keep and share has those that say something.
        return redirect(place.list_url)
    context = {"list": task_list(request.user, place), "place": view}
    return render(request, "tasks_ui/inbox.html", context)

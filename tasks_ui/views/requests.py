"""What a person has started."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tasks_ui.lists.paging import Order, window
from tasks_ui.request import SignedInRequest
from workflows.models import WorkflowInstance

NEWEST_FIRST = Order(at="created_at", id="id", newest_first=True)


@require_safe
def requests(request: SignedInRequest) -> HttpResponse:
    """Show what this person has started, newest first."""
    # What a step of a request has started is a part of that request.
    started = WorkflowInstance.objects.filter(started_by=request.user, parent=None)
    rows = started.select_related("definition").defer("data", "metadata", "visits")
    page = window(
        rows.order_by("-created_at", "-id"),
        NEWEST_FIRST,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(request, "tasks_ui/requests.html", {"page": page, "place": "requests"})

"""The page of one task."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tasks_ui.http import SignedInRequest
from tasks_ui.task_page import access_or_404, find_task, show_task


@require_safe
def task(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Show what is asked, what is known, what happened, and the form to decide."""
    found = find_task(task_id)
    return show_task(request, found, access_or_404(request, found))

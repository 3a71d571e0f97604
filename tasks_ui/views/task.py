"""The page of one task."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tasks_ui.drafts import take_up
from tasks_ui.http import NothingHere, SignedInRequest
from tasks_ui.task_page import NO_TASK, access_or_404, show_task
from workflows import engine
from workflows.models import HumanTask


@require_safe
def task(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Show what is asked, what is known, what happened, and the form to decide."""
    try:
        found, draft = engine.find_task_with_draft(task_id, request.user)
    except HumanTask.DoesNotExist:
        raise NothingHere(NO_TASK) from None
    draft = take_up(request, request.user, found) or draft
    return show_task(request, found, access_or_404(request, found), draft=draft)

"""The page of one task."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tasks_ui.request import NothingHere, SignedInRequest
from tasks_ui.submissions.drafts import chosen, take_up
from tasks_ui.tasks.page import NO_TASK, begun, show_task, tell
from workflows.engine import queries
from workflows.exceptions import NotAllowed, TaskClosed
from workflows.models import Draft, HumanTask


@require_safe
def task(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Show what is asked, what is known, what happened, and the form to decide."""
    try:
        found, drafts = queries.find_task_with_drafts(task_id, request.user)
    except HumanTask.DoesNotExist:
        raise NothingHere(NO_TASK) from None
    draft = chosen(request, drafts, take_up(request, request.user, found))
    answer = queries.task_access(request.user, found)
    if answer.may_see:
        page = show_task(request, found, answer, draft=draft)
    elif answer.was_offered or draft:
        page = _too_late(request, found, draft)
    else:
        raise NothingHere(NO_TASK)
    return page


def _too_late(request: SignedInRequest, task: HumanTask, draft: Draft | None) -> HttpResponse:
    """Say who was first to somebody whom a closed task was offered to, with what they had typed.

    Who wrote words of their own may read them, also where they may no longer see the task.
    """
    typed = begun(request, task, draft).typed if draft else []
    try:
        queries.refuse_closed(task, request.user)
    except TaskClosed as error:
        return tell(request, str(error), typed, status=HTTPStatus.GONE)
    except NotAllowed:
        pass
    if typed:
        return tell(request, str(NO_TASK), typed, status=HTTPStatus.GONE)
    raise NothingHere(NO_TASK)

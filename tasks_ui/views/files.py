"""Files that people have sent, given out through the page that shows them and in no other way."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tasks_ui.request import NothingHere, SignedInRequest
from tasks_ui.tasks.page import access_or_404, find_task
from tasks_ui.views.request import visible_request
from workflows.engine import queries
from workflows.exceptions import UnknownAttachment
from workflows.models import Attachment, HumanTask, WorkflowInstance

NO_FILE = _("There is no such file, or it is not one that you may see.")
ACTIVE: Final = ("text/html", "image/svg+xml", "application/xml", "application/vnd.microsoft")
"""Types that a browser might run something of, or offer to run: they are given out as bytes."""

HEADERS: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def task_file(request: SignedInRequest, task_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Give a file that is in the data of a task, or was just sent with its form."""
    task = find_task(task_id)
    access_or_404(request, task)
    return _given(request, file_id, task)


@require_safe
def request_file(request: SignedInRequest, instance_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Give a file that is in the data of a request."""
    return _given(request, file_id, visible_request(request, instance_id))


@require_safe
def own_file(request: SignedInRequest, file_id: UUID) -> HttpResponseBase:
    """Give a file to whoever has just sent it, with a form that is not submitted yet."""
    return _given(request, file_id, None)


def _given(
    request: SignedInRequest, file_id: UUID, of: HumanTask | WorkflowInstance | None
) -> HttpResponseBase:
    try:
        attachment = queries.find_attachment(request.user, file_id, of)
        file = attachment.file.open("rb")
    except (UnknownAttachment, FileNotFoundError):
        raise NothingHere(NO_FILE) from None
    answer = FileResponse(
        file, as_attachment=True, filename=attachment.name, content_type=_safe_type(attachment)
    )
    for name, value in HEADERS.items():
        answer[name] = value
    answer["Content-Length"] = str(attachment.size)
    return answer


def _safe_type(attachment: Attachment) -> str:
    kind = attachment.content_type
    return "application/octet-stream" if kind.startswith(ACTIVE) else kind

"""The receipt of a decision: what was decided on what was shown, to be printed and checked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tasks_ui.facts import facts
from tasks_ui.http import NothingHere, SignedInRequest
from tasks_ui.places import Place
from tasks_ui.task_page import access_or_404, find_task
from workflows import engine

NO_RECEIPT = _("There is no decision that stands here, or it was made before receipts were kept.")


@require_safe
def decision_receipt(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Show the receipt of a task's decision, and whether it still fits, to who sees the task."""
    task = find_task(task_id)
    access_or_404(request, task)
    receipt, chain = engine.decision_receipt(task)
    if receipt is None:
        raise NothingHere(NO_RECEIPT)
    said = receipt.said
    schema = task.instance.definition.content.get("start_schema")
    context = {
        "task": task,
        "receipt": receipt,
        "said": said,
        "at": datetime.fromisoformat(said["at"]) if "at" in said else receipt.event.at,
        "shown": facts(said.get("shown") or {}, schema),
        "submitted": facts(said.get("submitted") or {}, engine.task_form(task).schema),
        "others": [] if receipt.problems else chain.problems,
        "place": Place.of(request).view,
        "back": Place.of(request).url("task", task.pk),
    }
    return render(request, "tasks_ui/receipt.html", context)

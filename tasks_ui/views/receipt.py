"""The receipt of a decision: what was decided on what was shown, to be printed and checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tasks_ui.display.values import data_facts, facts
from tasks_ui.lists.list_state import Place
from tasks_ui.request import NothingHere, SignedInRequest
from tasks_ui.tasks.page import access_or_404, find_task
from workflows.engine import queries

NO_RECEIPT = _("There is no decision that stands here, or it was made before receipts were kept.")


@require_safe
def decision_receipt(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Show the receipt of a task's decision, and whether it still fits, to who sees the task."""
    task = find_task(task_id)
    access_or_404(request, task)
    receipt, chain = queries.decision_receipt(task)
    if receipt is None:
        raise NothingHere(NO_RECEIPT)
    said = receipt.said
    asked = queries.task_form(task)
    shown = _in_order(said.get("shown"), queries.visible_data(task, request.user))
    context = {
        "task": task,
        "receipt": receipt,
        "said": said,
        "at": datetime.fromisoformat(said["at"]) if "at" in said else receipt.event.at,
        "shown": data_facts(task.instance, shown),
        "submitted": facts(_in_order(said.get("submitted")), asked.schema, asked.ui_schema),
        "others": [] if receipt.problems else chain.problems,
        "place": Place.of(request).view,
        "back": Place.of(request).url("task", task.pk),
    }
    return render(request, "tasks_ui/receipt.html", context)


def _in_order(values: Any, names: Iterable[str] = ()) -> dict[str, Any]:
    """Give values in the order in which they are seen; a receipt's text has its own."""
    found = values if isinstance(values, dict) else {}
    return {name: found[name] for name in dict.fromkeys([*names, *found]) if name in found}

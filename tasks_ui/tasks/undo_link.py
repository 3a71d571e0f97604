"""The way back from a decision, in the message that tells of it, as long as its window is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.messages.storage.base import Message
from django.utils import timezone

from tasks_ui.lists.list_state import Place
from workflows.models import HumanTask, StepExecution, TaskStatus


@dataclass(frozen=True)
class Undo:
    """Where a decision can be taken back, and for how many seconds from now on."""

    url: str
    seconds: int


def undo_tags(task: HumanTask, place: Place) -> str:
    """Give what a message carries of how long a decision can be taken back; nothing where not."""
    if task.status != TaskStatus.DECIDED:
        return ""
    # Asked anew: what was loaded with the task is older than the decision.
    until = StepExecution.objects.values_list("due_at", flat=True).get(pk=task.execution_id)
    return f"{place.url('undo', task.pk)} {until.isoformat()}" if until else ""


def undo_of(message: Message) -> Undo | None:
    """Give the way back that a message carries; none where there is none any more."""
    url, _space, until = (message.extra_tags or "").partition(" ")
    if not until:
        return None
    seconds = (datetime.fromisoformat(until) - timezone.now()).total_seconds()
    return Undo(url, int(seconds)) if seconds >= 1 else None

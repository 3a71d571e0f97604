"""What somebody has typed into forms and not sent: only they themselves ever ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from workflows.models.drafts import Draft
from workflows.models.tasks import HumanTask, TaskStatus


@dataclass(frozen=True)
class Typing:
    """From where somebody types: it says which of their drafts of the form this one goes on from.

    Attributes:
        draft: the id of the draft that was in the form; None where there was none.
        revision: which revision of it that was.
        tab: the tab of the browser, which knows what it has sent itself.
        turn: goes up with each save of the tab.
    """

    draft: int | None = None
    revision: int = 0
    tab: str = ""
    turn: int = 0


def drafts_of(user: Any, *, task: HumanTask | None = None, workflow: str = "") -> QuerySet[Draft]:
    """Give what somebody has typed into the form of a task, or into that of a workflow.

    What was saved last comes first; there are several where they type in several tabs.
    """
    return Draft.objects.filter(user=user, task=task, workflow=workflow).order_by(
        "-saved_at", "-pk"
    )


def earlier_drafts(user: Any, task: HumanTask) -> QuerySet[Draft]:
    """Give what somebody typed when the same was asked before, and cancelled to be asked anew."""
    same = Draft.objects.filter(
        user=user,
        task__instance=task.instance_id,
        task__step=task.step,
        task__status=TaskStatus.CANCELED,
        task__execution__scope=task.execution.scope,
        task__execution__position=task.execution.position,
    )
    return same.exclude(task=task).order_by("-saved_at", "-pk")


def drafts_for(user: Any, task: HumanTask) -> list[Draft]:
    """Give the drafts that the page of a task shows: of this task, else of the one before it."""
    own = list(drafts_of(user, task=task))
    return own or (list(earlier_drafts(user, task)) if task.is_open else [])

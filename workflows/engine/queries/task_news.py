"""What others have done to a task, or written about it, since somebody has opened it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from workflows.engine.access.permissions import TaskAnswer
from workflows.engine.access.task_states import CREATE, MOVES
from workflows.engine.queries.find_task import refuse_closed
from workflows.engine.queries.history import COMMENT, HistoryLine, told
from workflows.engine.queries.visible_data import difference
from workflows.exceptions import TaskClosed
from workflows.models.events import Event
from workflows.models.tasks import HumanTask

OF_TASK: Final = frozenset(move.event for move in MOVES) - {CREATE.event}
CANCELED: Final = "instance.canceled"
OF_REQUEST: Final = frozenset(
    {COMMENT, CANCELED}
    | {f"instance.{done}" for done in ("suspended", "resumed", "failed", "migrated")}
)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A task as somebody has it before them.

    Attributes:
        seq: number of the newest event that they can know of.
        data_revision: of the data that they see.
        could_decide: whether they have the form that decides.
    """

    task_id: str
    instance_id: str
    execution_id: int
    user_id: int
    seq: int
    data_revision: int
    could_decide: bool


@dataclass(frozen=True, kw_only=True)
class TaskNews:
    """What there is to say.

    Attributes:
        problem: how the task has ended, or why they can no longer decide it.
        difference: what they see of the data, and what it is now.
        lines: what else has happened, oldest first.
    """

    problem: str = ""
    difference: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    lines: Sequence[HistoryLine] = ()

    def __bool__(self) -> bool:
        return bool(self.problem or self.difference or self.lines)


def events_since(opened: Opened) -> list[Event]:
    """Give what others have done that may concern this page, oldest first, in one statement."""
    later = Event.objects.filter(instance_id=UUID(opened.instance_id), seq__gt=opened.seq)
    concerning = (
        Q(kind__in=OF_TASK, execution_id=opened.execution_id)
        | Q(kind__in=OF_REQUEST)
        | Q(data__has_key="data_revision")
    )
    others = later.filter(concerning).exclude(actor=opened.user_id)
    return list(others.select_related("actor").order_by("seq"))


def news_of(
    opened: Opened, events: Sequence[Event], task: HumanTask, answer: TaskAnswer, user: Any
) -> TaskNews:
    """Put what `events_since` gives into words, as far as somebody may see the task now."""
    of_task = any(event.kind in OF_TASK for event in events)
    problem = _problem(opened, task, answer, user) if of_task else ""
    said = [event for event in events if event.kind in _told_kinds(problem, task, answer, user)]
    return TaskNews(
        problem=problem,
        difference=difference(task, opened.data_revision) if answer.may_see else {},
        lines=told(said, task.instance),
    )


def _told_kinds(problem: str, task: HumanTask, answer: TaskAnswer, user: Any) -> frozenset[str]:
    """Give what is told beside the problem: to who was too late, nothing but who ended it all."""
    if not answer.may_see:
        return frozenset({CANCELED} if problem else ())
    said_anyway = problem or task.decided_by_id == user.pk
    return OF_REQUEST if said_anyway else OF_REQUEST | OF_TASK


def _problem(opened: Opened, task: HumanTask, answer: TaskAnswer, user: Any) -> str:
    """Say who was first; nothing of what somebody has decided themselves."""
    if task.is_open:
        return answer.why_not if opened.could_decide else ""
    if task.decided_by_id == user.pk or not (answer.may_see or answer.was_offered):
        return ""
    try:
        refuse_closed(task)
    except TaskClosed as closed:
        return str(closed)
    return ""

"""What others have done to the task that somebody has open, told without touching their page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone, translation

from tasks_ui.lists.list_state import Place
from tasks_ui.polling.signed import read, sign
from tasks_ui.request import SignedInRequest
from tasks_ui.tasks.page import Change, changes, find_task
from workflows.engine import queries
from workflows.models import Event, HumanTask

TASK: Final = "task"
SHOWN: Final = 3
"""Lines of history that are told; further ones are counted."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a page has open, whether there is a form in it, and how to speak to its reader."""

    opened: queries.Opened
    has_form: bool
    zone: str
    language: str

    @contextmanager
    def as_reader(self) -> Iterator[None]:
        """Speak the reader's language, with the times of their zone."""
        with timezone.override(self.zone), translation.override(self.language):
            yield


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What is said above the form.

    Attributes:
        more: how many lines there are beside those that are shown.
        draft_url: where what was typed is kept before the page is loaded anew; "" where there is
            nothing to keep.
    """

    problem: str
    changes: Sequence[Change]
    lines: Sequence[queries.HistoryLine]
    more: int
    url: str
    draft_url: str


def task_question(
    request: SignedInRequest, task: HumanTask, answer: queries.TaskAnswer, *, has_form: bool
) -> str:
    """Give the address at which the page asks whether others have touched the task."""
    opened = queries.Opened(
        task_id=str(task.pk),
        instance_id=str(task.instance_id),
        execution_id=task.execution_id,
        user_id=request.user.pk,
        seq=task.instance.last_seq,
        data_revision=task.instance.data_revision,
        could_decide=answer.may_decide,
    )
    said = {"opened": asdict(opened), "form": has_form}
    return Place.of(request).url("task_news", task.pk, signed=sign(request, TASK, said))


def asked(request: HttpRequest, task_id: UUID) -> Asked | None:
    """Give what the page says; None where it was changed, is too old, or of another session."""
    said = read(request, TASK)
    if said is None or said["opened"]["task_id"] != str(task_id):
        return None
    opened = queries.Opened(**said["opened"])
    return Asked(opened=opened, has_form=said["form"], zone=said["zone"], language=said["language"])


def bar(request: HttpRequest, question: Asked, events: Sequence[Event]) -> Bar | None:
    """Put events into words for whoever has the task open; None where none of it is theirs."""
    opened, user = question.opened, request.user
    task = find_task(UUID(opened.task_id))
    answer = queries.task_access(user, task)
    news = queries.news_of(opened, events, task, answer, user)
    if not news:
        return None
    place = Place.of(request)
    return Bar(
        problem=news.problem,
        changes=changes(task.instance, news.difference),
        lines=news.lines[-SHOWN:],
        more=max(0, len(news.lines) - SHOWN),
        url=place.url("task", task.pk),
        draft_url=place.url("draft", task.pk) if question.has_form and answer.may_draft else "",
    )

"""The list of tasks beside a task: rows, pages, and what to say when there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from tasks_ui.facts import in_one_line
from tasks_ui.paging import Order, window
from tasks_ui.places import Place
from workflows import engine
from workflows.models import HumanTask, TaskAccess

OLDEST_FIRST = Order(at="sort_at", id="task_id")
NEWEST_FIRST = Order(at="sort_at", id="task_id", newest_first=True)
# Looking for words reads every row: it stops here, and the page says so.
LOOKED_THROUGH = 2000


@dataclass(frozen=True, kw_only=True)
class Row:
    """One task in the list."""

    task: HumanTask
    cursor: str
    url: str
    is_current: bool
    values: tuple[str, ...]

    @property
    def summary(self) -> str:
        """Say what it is about in one line."""
        instance = self.task.instance
        return self.task.summary or instance.summary or instance.reference


@dataclass(frozen=True, kw_only=True)
class TaskList:
    """One page of a list."""

    place: Place
    rows: Sequence[Row]
    before_url: str
    after_url: str
    stopped_early: bool

    @property
    def here(self) -> str:
        """Give where the opened task stands, so that the next one can follow it."""
        return next((row.cursor for row in self.rows if row.is_current), "")


def task_list(user: User, place: Place, *, current: HumanTask | None = None) -> TaskList:
    """Give the page of the list at this place; one statement, two when looking for words."""
    rows = engine.tasks_for(user, place.view)
    found = _containing(rows, place.find) if place.find else rows
    page = window(found, _order(place), after=place.after, before=place.before)
    return TaskList(
        place=place,
        rows=[_row(access, place, current.pk if current else None) for access in page.rows],
        before_url=place.at_list(before=page.before) if page.before else "",
        after_url=place.at_list(after=page.after) if page.after else "",
        stopped_early=bool(place.find) and rows[LOOKED_THROUGH:].exists(),
    )


def next_task(user: User, place: Place, *, after: str) -> UUID | None:
    """Give the task that follows in the list, the first one when none follows, or none."""
    rows = engine.tasks_for(user, place.view)
    found = _containing(rows, place.find) if place.find else rows
    page = window(found, _order(place), after=after)
    return page.rows[0].task_id if page.rows else None


def _order(place: Place) -> Order:
    # What is due first, but what was decided last.
    return NEWEST_FIRST if place.view == "done" else OLDEST_FIRST


def _containing(rows: QuerySet[TaskAccess], words: str) -> QuerySet[TaskAccess]:
    found = rows.filter(pk__in=rows.values("pk")[:LOOKED_THROUGH])
    for word in words.split():
        found = found.filter(
            Q(task__title__icontains=word)
            | Q(task__summary__icontains=word)
            | Q(task__instance__summary__icontains=word)
            | Q(task__instance__reference__icontains=word)
        )
    return found


def _row(access: Any, place: Place, current: UUID | None) -> Row:
    task = access.task
    return Row(
        task=task,
        cursor=str(OLDEST_FIRST.cursor(access)),
        url=place.url("task", task.pk),
        is_current=task.pk == current,
        values=tuple(in_one_line(value) for value in task.row_data.values()),
    )

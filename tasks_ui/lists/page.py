"""The list of tasks beside a task: rows, pages, and what to say when there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from tasks_ui.lists.filters import wanted
from tasks_ui.lists.list_state import Place
from tasks_ui.lists.menu import ListMenu
from tasks_ui.lists.row_values import row_words
from workflows.engine import lists, queries
from workflows.models import HumanTask, Relation

SIZE = 25
DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class Row:
    """One task in the list.

    Attributes:
        offered_to: the group that it is there for; empty where it is there for the person.
        back_at: when it comes back, of what the person has put off.
    """

    task: HumanTask
    cursor: str
    url: str
    is_current: bool
    values: tuple[str, ...]
    workflow: str
    offered_to: str = ""
    has_draft: bool = False
    was_asked: bool = False
    was_mentioned: bool = False
    back_at: datetime | None = None
    wake_url: str = ""

    @property
    def digits(self) -> str:
        """Give what tells the task from the others of a page."""
        return str(self.task.pk.hex[-DIGITS:])

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
    further_url: str
    """Where a search goes on that has stopped before it has seen everything."""

    @property
    def menu(self) -> ListMenu:
        """Give what stands above the rows."""
        return ListMenu(place=self.place)

    @property
    def here(self) -> str:
        """Give where the opened task stands, so that the next one can follow it."""
        return next((row.cursor for row in self.rows if row.is_current), "")


def task_list(user: User, place: Place, *, current: HumanTask | None = None) -> TaskList:
    """Give the page of the list at this place."""
    asked = wanted(place)
    page = lists.list_tasks(user, asked, after=place.after, before=place.before, size=SIZE)
    rows = [
        Row(
            task=found.task,
            cursor=found.place,
            url=place.url("task", found.task_id),
            is_current=current is not None and found.task_id == current.pk,
            values=row_words(found.task, found.version),
            offered_to=queries.group_names(user).get(found.principal, ""),
            workflow=found.workflow_label,
            has_draft=found.has_draft,
            was_asked=found.relation == Relation.ASKED,
            was_mentioned=found.is_mentioned,
            back_at=found.sort_at if found.relation == Relation.SNOOZED else None,
            wake_url=place.url("wake", found.task_id) if found.relation == Relation.SNOOZED else "",
        )
        for found in page.rows
    ]
    return TaskList(
        place=place,
        rows=rows,
        before_url=place.at_list(before=page.before) if page.before else "",
        after_url=place.at_list(after=page.after) if page.after else "",
        further_url=place.at_list(after=page.stopped_at) if page.stopped_at else "",
    )


def next_task(user: User, place: Place, *, after: str) -> UUID | None:
    """Give the task that follows in the list, the first one when none follows, or none."""
    page = lists.list_tasks(user, wanted(place), after=after, size=1)
    return page.rows[0].task_id if page.rows else None

"""The lists and counts of the inbox, read from access rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform

from workflows.definition.registry import registry
from workflows.engine.access.permissions import has_role, principals
from workflows.engine.access.rows import of_user, of_workflow
from workflows.engine.definitions.snapshot import describe_definition
from workflows.engine.lists.filters import bounds, conditions, rarest
from workflows.engine.lists.sql import (
    LOOKED_THROUGH,
    ROWS,
    ROWS_WITH_WORD,
    Part,
    Reader,
    beyond,
    joined,
    judged,
    kept_in_order,
    merged,
    narrowed,
    sorting,
)
from workflows.engine.lists.views import VIEWS, ListKey, Wanted, Who
from workflows.engine.store.clock import now
from workflows.engine.store.search_words import between
from workflows.engine.work.places import name_items
from workflows.exceptions import UnknownWorkflow
from workflows.models.drafts import Draft
from workflows.models.tasks import HumanTask, Relation, TaskAccess

CAPPED_AT: Final = 100
"""Counts stop here: a page says 99+ rather than count on."""

COUNTED: Final = ("mine", "team", "waiting", "snoozed")
SIZE: Final = 25
SHOWN: Final = "shown"
SEEING: Final = ("view", "manage", "administer")
"""Roles that let see every task of a workflow."""

A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ListedTask:
    """One task in a list.

    Attributes:
        principal: for whom it is there: the person, one of their groups, or a workflow.
        relation: what that has to do with the task.
        sort_at: when it is due, was closed, or comes back.
        place: where it stands in the list.
        version: which version of its workflow it belongs to.
    """

    task: HumanTask
    principal: str
    relation: str
    sort_at: datetime
    place: str
    workflow_label: str
    version: str
    has_draft: bool
    is_mentioned: bool

    @property
    def task_id(self) -> UUID:
        return self.task.pk


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """One page of a list.

    Attributes:
        rows: one per task.
        before: the place that the page before ends at; empty where there is none.
        after: the same of the page after.
        stopped_at: the last place that was looked at, where the list goes on unseen behind it.
    """

    rows: Sequence[ListedTask]
    before: str = ""
    after: str = ""
    stopped_at: str = ""


def tasks_for(user: Any, view: str) -> Sequence[ListedTask]:
    """Give the first page of a list: see `list_tasks`."""
    return list_tasks(user, Wanted(view=view)).rows


def list_tasks(
    user: Any, wanted: Wanted, *, after: str = "", before: str = "", size: int = SIZE
) -> TaskPage:
    """Give one page of a list, from behind `after` or up to `before`, which are `ListKey`s.

    A place that is not understood gives the first page, and so does one behind the last row, which
    is what remains when others were quicker. Two statements, one more for words, and one more
    where what it is narrowed to was not found among the first rows.
    """
    query = Query(reader(user, wanted.view), wanted)
    key = ListKey.read(before or after)
    rows = query.rows(size + 1, key=key, backwards=bool(before and key))
    if key is not None and not rows:
        key, before = None, ""
        rows = query.rows(size + 1)
    shown = rows[:size][::-1] if before and key else rows[:size]
    more = len(rows) > size
    has_before, has_after = (more, True) if before and key else (key is not None, more)
    places = [str(ListKey.of(row)) for row in shown]
    return TaskPage(
        rows=_listed(shown, user),
        before=places[0] if places and has_before else "",
        after=places[-1] if places and has_after else "",
        stopped_at="" if more else query.stopped_at(key),
    )


def ids_between(
    reader: Reader, wanted: Wanted, first: ListKey | None, last: ListKey | None, *, size: int
) -> list[UUID]:
    """Give the ids of the tasks between two places of a list, both included."""
    query = Query(reader, wanted)
    within = []
    if first is not None:
        within.append(beyond(query.order, first, backwards=False, inclusive=True))
    if last is not None:
        within.append(beyond(query.order, last, backwards=True, inclusive=True))
    return [row.task_id for row in query.rows(size, within=within)]


class Query:
    """What somebody wants to see, as statements."""

    def __init__(self, reader: Reader, wanted: Wanted) -> None:
        self.reader, self.wanted, self.order, self.now = reader, wanted, wanted.order, now()
        self.rare, self.words = rarest(wanted.words)

    def rows(
        self,
        limit: int,
        *,
        key: ListKey | None = None,
        backwards: bool = False,
        within: Sequence[Part] = (),
    ) -> list[TaskAccess]:
        """Give rows behind a place; only those within further bounds, if there are any."""
        if self.wanted.is_narrowed:
            return self._narrowed(limit, key, backwards, within)
        found: list[TaskAccess] = []
        at_once, seen = 2 * limit, 0
        while len(found) < limit and seen < LOOKED_THROUGH:
            source = self._source(key, backwards, within, at_once)
            rows = _run(judged(source, self.reader.shown(self.now)))
            found += [row for row in rows if getattr(row, SHOWN)]
            seen += len(rows)
            if len(rows) < at_once:
                break
            # Much of it is put off, or for others to decide: look further, in longer strides.
            key, at_once = ListKey.of(rows[-1]), min(4 * at_once, LOOKED_THROUGH)
        return found[:limit]

    def stopped_at(self, key: ListKey | None) -> str:
        """Give the last place that was looked at, if there is more behind it."""
        if not self.wanted.is_narrowed or self.rare:
            return ""
        last = f"{kept_in_order(self.order, backwards=False)} LIMIT 2 OFFSET {LOOKED_THROUGH - 1}"
        source = self._source(key, False, (), LOOKED_THROUGH + 1)
        found = _run(narrowed(source, [Part("TRUE")], last))
        return str(ListKey.of(found[0])) if len(found) > 1 else ""

    def _narrowed(
        self, limit: int, key: ListKey | None, backwards: bool, within: Sequence[Part]
    ) -> list[TaskAccess]:
        asked = [
            *conditions(self.wanted, self.now, self.words),
            self.reader.shown(self.now),
        ]
        last = f"{kept_in_order(self.order, backwards=backwards)} LIMIT {limit}"
        source = self._source(key, backwards, within, LOOKED_THROUGH)
        return _run(narrowed(source, asked, last))

    def _source(
        self, key: ListKey | None, backwards: bool, within: Sequence[Part], limit: int
    ) -> Part:
        all_bounds = [*bounds(self.wanted, self.reader, self.now), *within]
        if key is not None:
            all_bounds.append(beyond(self.order, key, backwards=backwards))
        if not self.rare:
            return merged(self.reader, self.order, all_bounds, backwards=backwards, limit=limit)
        way = sorting(self.order, backwards=backwards, table="a.")
        return (
            Part(ROWS_WITH_WORD, between(self.rare))
            + joined("AND", [self.reader.theirs("a"), *all_bounds])
            + Part(f"ORDER BY {way} LIMIT {limit}")
        )


def _run(statement: Part) -> list[TaskAccess]:
    return list(TaskAccess.objects.raw(statement.sql, statement.parameters))


def known_reader(view: str, principals: Mapping[str, Sequence[str]]) -> Reader:
    """Give somebody of whom only these are known as who looks at a list, by the value of `Who`."""
    return Reader(VIEWS[view], {who: principals.get(who.value, ()) for who in Who})


def reader(user: Any, view: str) -> Reader:
    """Give somebody as who looks at a list; asks for their groups once."""
    person, *groups = principals(user)
    workflows = []
    if any(kind.who is Who.WORKFLOWS for kind in VIEWS[view].kinds):
        workflows = [of_workflow(name) for name in _viewed(user)]
    return Reader(VIEWS[view], {Who.PERSON: [person], Who.GROUPS: groups, Who.WORKFLOWS: workflows})


def _viewed(user: Any) -> list[str]:
    names = sorted({definition.name for definition in registry})
    return [name for name in names if any(has_role(user, role, name) for role in SEEING)]


def next_best(user: Any, view: str) -> UUID | None:
    """Give the task to do next: what is due within a day first, then by priority, due and age."""
    for sort, due in (("due", "today"), ("priority", "")):
        wanted = Wanted(view=view, sort=sort, due=due, until=now() + A_DAY)
        rows = Query(reader(user, view), wanted).rows(1)
        if rows:
            return rows[0].task_id
    return None


def count_tasks(user: Any) -> dict[str, int]:
    """How many tasks are in each of COUNTED, at most CAPPED_AT each; one statement."""
    return _counted([reader(user, view) for view in COUNTED])


def count_known(principals: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Count the same for somebody of whom only these are known, by the value of `Who`."""
    return _counted([known_reader(view, principals) for view in COUNTED])


def _counted(readers: Sequence[Reader]) -> dict[str, int]:
    counts = []
    for view, who in zip(COUNTED, readers, strict=True):
        wanted, moment = Wanted(view=view), now()
        within = bounds(wanted, who, moment)
        rows = joined(
            "UNION ALL",
            [Part(ROWS) + joined("AND", [one, *within]) for one in who.ranges()],
        )
        found = narrowed(rows, [who.shown(moment)], f" LIMIT {CAPPED_AT}")
        counts.append(Part("(SELECT COUNT(*) FROM (") + found + Part(") c)"))
    statement = joined(",", counts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {statement.sql}", statement.parameters)
        return dict(zip(COUNTED, cursor.fetchone(), strict=True))


def _listed(rows: Sequence[TaskAccess], user: Any) -> list[ListedTask]:
    """Load the tasks of the rows; what has gone in the same moment is left out."""
    tasks: Mapping[UUID, Any] = (
        HumanTask.objects.select_related("instance", "instance__started_by", "assignee")
        .defer("description", "instance__data", "instance__visits", "instance__metadata")
        .annotate(
            workflow_label=KeyTextTransform("label", "instance__definition__content"),
            version=F("instance__definition__version"),
            has_draft=Exists(Draft.objects.filter(task=OuterRef("pk"), user=user)),
            is_mentioned=Exists(_mentions(user).filter(task=OuterRef("pk"))),
        )
        .in_bulk([row.task_id for row in rows])
    )
    _name_items(tasks.values())
    return [
        ListedTask(
            task=tasks[row.task_id],
            principal=row.principal,
            relation=row.relation,
            sort_at=row.sort_at,
            place=str(ListKey.of(row)),
            workflow_label=tasks[row.task_id].workflow_label,
            version=tasks[row.task_id].version,
            has_draft=tasks[row.task_id].has_draft,
            is_mentioned=tasks[row.task_id].is_mentioned,
        )
        for row in rows
        if row.task_id in tasks
    ]


def _name_items(tasks: Iterable[Any]) -> None:
    """Let tasks of groups that repeat say which item they are about, as far as there is code."""
    contents = {}
    for task in tasks:
        if "/" in task.step:
            with suppress(UnknownWorkflow):
                definition = registry.get(task.instance.workflow, task.version)
                contents[task] = describe_definition(definition).content
    name_items(contents)


def _mentions(user: Any) -> QuerySet[TaskAccess]:
    rows = TaskAccess.objects.filter(relation=Relation.MENTIONED, open=True)
    return rows.filter(principal=of_user(user.pk))

"""Fills Viewflow's site with the people and tasks of ours, as its engine would have left them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from viewflow.workflow.models import Task
from viewflow.workflow.status import PROCESS, STATUS

from benchmarks.viewflow_site.flows import ExpenseFlow
from benchmarks.viewflow_site.models import Expense

AT_ONCE: Final = 1_000


def fill(everything: dict[str, Any]) -> None:
    """Put in what `benchmarks.viewflow` has read from our site; everybody may see all expenses."""
    teams = make_people(everything["people"], everything["groups"])
    people = dict(User.objects.values_list("username", "pk"))
    for start in range(0, len(everything["tasks"]), AT_ONCE):
        make_tasks(everything["tasks"][start : start + AT_ONCE], people, teams)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_people(people: dict[str, list[str]], groups: list[str]) -> dict[str, str]:
    """Make people and their groups; give the permission of each group."""
    kind = ContentType.objects.get_for_model(Expense, for_concrete_model=False)
    may_see = Permission.objects.get(codename="view_expense")
    teams = {}
    for name in groups:
        permission = Permission.objects.create(codename=name, name=name, content_type=kind)
        Group.objects.create(name=name).permissions.set([may_see, permission])
        teams[name] = f"{kind.app_label}.{name}"
    User.objects.bulk_create(User(username=name, password="!") for name in people)  # noqa: S106
    keys = dict(Group.objects.values_list("name", "pk"))
    member = User.groups.through
    member.objects.bulk_create(
        member(user_id=pk, group_id=keys[group])
        for name, pk in User.objects.values_list("username", "pk")
        for group in people[name]
    )
    return teams


def make_tasks(
    rows: Sequence[Sequence[Any]], people: dict[str, int], teams: dict[str, str]
) -> None:
    """Make a process for each row, with a task for its start, the approval, and its end."""
    processes = Expense.objects.bulk_create(process(row) for row in rows)
    pairs = list(zip(processes, rows, strict=True))
    starts = made(
        task(one, "start", "HUMAN", one.created, one.created, owner_id=people[row[1]])
        for one, row in pairs
    )
    approvals = made(
        task(
            one,
            "approve",
            "HUMAN",
            one.created,
            one.finished,
            owner_id=people.get(row[2]),
            owner_permission=teams[row[3]],
        )
        for one, row in pairs
    )
    ends = made(
        task(one, "end", "END", one.finished, one.finished)
        for one, _row in pairs
        if one.finished is not None
    )
    done = [one for one in approvals if one.finished is not None]
    follows = Task.previous.through
    follows.objects.bulk_create(
        follows(from_task_id=later.pk, to_task_id=earlier.pk)
        for earlier, later in [
            *zip(starts, approvals, strict=True),
            *zip(done, ends, strict=True),
        ]
    )


def process(row: Sequence[Any]) -> Expense:
    """Make the process of a row."""
    made_at, _requester, _owner, team, ended_at, title = row
    return Expense(
        flow_class=ExpenseFlow,
        status=PROCESS.DONE if ended_at else PROCESS.NEW,
        created=datetime.fromisoformat(made_at),
        finished=datetime.fromisoformat(ended_at) if ended_at else None,
        data={"title": title, "team": team, "approved": bool(ended_at), "comment": ""},
    )


def task(
    of: Expense, node: str, kind: str, begun: datetime, ended: datetime | None, **more: Any
) -> Task:
    """Make one task: done, somebody's, or still to be had."""
    status = STATUS.ASSIGNED if more.get("owner_id") else STATUS.NEW
    return Task(
        process=of,
        flow_task=ExpenseFlow.instance.node(node),
        flow_task_type=kind,
        status=STATUS.DONE if ended else status,
        created=begun,
        started=begun if ended else None,
        finished=ended,
        **more,
    )


def made(tasks: Iterable[Task]) -> list[Task]:
    """Store tasks and give them with their ids."""
    return list(Task.objects.bulk_create(tasks))

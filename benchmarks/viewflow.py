"""Measures the inbox beside Viewflow's, page by page in turns, with the same people and tasks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any, Final
from urllib.parse import urlsplit

import psycopg
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure
from benchmarks.harness.page_costs import Cost, Weight, cost, warm_up, weight
from benchmarks.harness.sites import ROOT, Site
from benchmarks.inbox import FULL, ROW, filled, first_task, full_pages, signed_in
from benchmarks.load_many.many import LEAD, REVIEWER
from workflows.models import HumanTask

PYTHON: Final = ROOT / ".venv-viewflow" / "bin" / "python"
SIZES: Final = (1_000, 10_000, 100_000)
ROUNDS: Final = 60
TURN: Final = 5
"""Requests to one of the two before it is the other's turn."""

SECONDS: Final = 20
"""A page is asked for no longer than that, but two turns at least."""

THEIR_ROW: Final = "<tr data-row-id="
THEIR_TASK: Final = r'href="([^"]+/approve/[0-9]+/)"'


class Theirs:
    """Viewflow's site, in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], tasks: list[list[Any]]) -> None:
        self._process, self._tasks = process, tasks

    def asked(self, person: int, url: str, rounds: int) -> dict[str, Any]:
        """Let it ask itself for a page."""
        question = {"person": name_of(person), "url": url, "rounds": rounds, "row": THEIR_ROW}
        self._process.stdin.write(json.dumps(question) + "\n")  # type: ignore[union-attr]
        self._process.stdin.flush()  # type: ignore[union-attr]
        return self.said()

    def said(self) -> dict[str, Any]:
        """Give its next line."""
        line = self._process.stdout.readline()  # type: ignore[union-attr]
        if not line:
            raise ChildProcessError("Viewflow's site has ended; see what it says above.")
        found: dict[str, Any] = json.loads(line)
        return found

    def full_pages(self, person: int) -> int:
        """Give how many pages of somebody's queue are full."""
        theirs = set(User.objects.get(username=name_of(person)).groups.values_list("name"))
        queue = [row for row in self._tasks if not (row[2] or row[4]) and (row[3],) in theirs]
        return len(queue) // FULL


@dataclass(frozen=True)
class Pair:
    """A page of ours, and the one of Viewflow's that somebody would open for the same."""

    name: str
    person: int
    ours: Callable[[Client, int], str]
    theirs: Callable[[Theirs, int], str]
    is_list: bool = True


def same(url: str) -> Callable[[object, int], str]:
    """Give an address that needs no looking up."""
    return lambda _site, _far: url


PAIRS: Final = (
    Pair("own tasks", REVIEWER, same("/inbox/mine/"), same("/expense/inbox/")),
    Pair("tasks of groups", LEAD, same("/inbox/team/"), same("/expense/queue/")),
    Pair(
        "the same, far page",
        LEAD,
        lambda client, far: list(full_pages(client))[far - 1],
        lambda _theirs, far: f"/expense/queue/?page={far}",
    ),
    Pair("done", REVIEWER, same("/inbox/done/"), same("/expense/archive/")),
    Pair(
        "task with its form",
        REVIEWER,
        lambda client, _far: first_task(client),
        lambda theirs, _far: first_of(theirs) + "execute/",
        is_list=False,
    ),
)


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Measure every pair of pages at every size."""
    if not PYTHON.exists():
        raise FileNotFoundError("Viewflow is not installed. Remedy: make bench-inbox")
    call_command("collectstatic", interactive=False, verbosity=0)
    sizes = SIZES[:-1] if asked.quick else SIZES
    return [figure for size in sizes for figure in at_size(asked, site, size)]


def at_size(asked: Asked, site: Site, size: int) -> Iterator[Figure]:
    """Fill both sites with as many tasks, and let them take turns."""
    filled(size)
    with override_settings(ALLOWED_HOSTS=["*"]), running(site, size) as theirs:
        far = min(len(list(full_pages(signed_in(LEAD)))), theirs.full_pages(LEAD))
        for pair in PAIRS:
            yield from compared(asked, pair, theirs, far, f"{size:,}, {pair.name}")


def compared(asked: Asked, pair: Pair, theirs: Theirs, far: int, name: str) -> list[Figure]:
    """Ask for both pages in turns."""
    client = signed_in(pair.person)
    url, their_url = pair.ours(client, far), pair.theirs(theirs, far)
    warm_up(lambda: client.get(url))
    our_weight = weight(client, url, ROW)
    found = theirs.asked(pair.person, their_url, 0)
    their_weight = Weight(found["statements"], found["size"], found["rows"])
    if pair.is_list:
        assert our_weight.rows == their_weight.rows == FULL, (name, our_weight, their_weight)
    ours, other = Cost([], 0), Cost([], 0)
    rounds, until = asked.rounds or (10 if asked.quick else ROUNDS), time.monotonic() + SECONDS
    while len(ours.clock) < rounds and (len(ours.clock) < 2 * TURN or time.monotonic() < until):
        ours += cost(client, url, TURN)
        other += Cost(**theirs.asked(pair.person, their_url, TURN))
    clock, cpu = median(other.clock) / median(ours.clock), other.each / ours.each
    return [
        Figure(
            f"{name}: p50, p95; statements; size", f"{ours.described()}; {our_weight.described()}"
        ),
        Figure(
            f"{name}, Viewflow: the same; clock, CPU, Viewflow : ours",
            f"{other.described()}; {their_weight.described()}; {clock:.1f}, {cpu:.1f}",
        ),
    ]


@contextmanager
def running(site: Site, size: int) -> Iterator[Theirs]:
    """Start Viewflow's site beside ours, on the same kind of database, with what ours holds."""
    tasks = our_tasks()
    file = site.folder / f"viewflow-{size}.json"
    groups = list(Group.objects.order_by("pk").values_list("name", flat=True))
    file.write_text(json.dumps({"groups": groups, "people": our_people(), "tasks": tasks}))
    with subprocess.Popen(
        [PYTHON, "-m", "benchmarks.viewflow_site.program", file],
        cwd=ROOT,
        env={**os.environ, "VIEWFLOW_DATABASE": new_database(site, f"viewflow_{size}")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        theirs = Theirs(process, tasks)
        print(f"Viewflow on Django {theirs.said()['django']}, {len(tasks):,} processes")
        yield theirs


def new_database(site: Site, name: str) -> str:
    """Give the address of an empty database beside ours."""
    if site.database == "sqlite":
        return f"sqlite:///{site.folder}/{name}.sqlite3"
    with psycopg.connect(site.address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(site.address)._replace(path=f"/{name}").geturl()


def our_people() -> dict[str, list[str]]:
    """Give everybody's groups."""
    people: dict[str, list[str]] = {name: [] for (name,) in User.objects.values_list("username")}
    for name, group in User.objects.filter(groups__isnull=False).values_list(
        "username", "groups__name"
    ):
        people[name].append(group)
    return people


def our_tasks() -> list[list[Any]]:
    """Give what Viewflow keeps of a task: made, requester, owner, team, ended, and its title."""
    teams = {f"g:{key}": name for key, name in Group.objects.values_list("pk", "name")}
    found = HumanTask.objects.order_by("pk").values_list(
        "created_at",
        "instance__started_by__username",
        "assignee__username",
        "decided_by__username",
        "offered_to",
        "closed_at",
        "instance__summary",
    )
    return [
        [
            made.isoformat(),
            requester,
            decider or assignee,
            teams[offered[0]],
            ended.isoformat() if ended else None,
            title,
        ]
        for made, requester, assignee, decider, offered, ended, title in found.iterator()
    ]


def first_of(theirs: Theirs) -> str:
    """Give the address of the first task of the reviewer's own."""
    found = re.search(THEIR_TASK, theirs.asked(REVIEWER, "/expense/inbox/", 0)["content"])
    assert found is not None
    return found[1]


def name_of(number: int) -> str:
    """Give the user name of somebody whom `load_many` has made."""
    return f"person{number:04}"

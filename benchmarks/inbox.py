"""Measures the pages of the inbox on the server: with a thousand tasks and a million, in turns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from typing import Final

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure
from benchmarks.harness.page_costs import Cost, Weight, timed, warm_up, weight
from benchmarks.harness.sites import Site
from benchmarks.harness.stores import Store
from benchmarks.load_many.many import LEAD, NEWCOMER, REVIEWER, Size, load_many
from workflows.engine import lists, queries

SMALL: Final = 1_000
LARGE: Final = 1_000_000
QUICK: Final = 50_000
ROUNDS: Final = 60
TURN: Final = 10
"""Requests to one of the two databases before it is the other's turn."""

GOAL: Final = "p95 < 60 ms; ≤ 1.5; ≤ 12; < 60 kB"
GOALS: Final = {
    "task": "p95 < 80 ms; ≤ 1.5; ≤ 12; < 60 kB",
    # With a thousand tasks there are no ten thousand to look through.
    "filter, nothing found": "p95 < 60 ms; ≤ 12; < 60 kB",
}
ROW: Final = 'class="row" href="'
FULL: Final = 25
FAR: Final = 20


@dataclass(frozen=True)
class Page:
    """One kind of page, and how somebody asks for it."""

    name: str
    person: int
    url: Callable[[Client], str]

    def sample(self, store: Filled) -> Sample:
        """Give this page as one of the databases has it."""
        store.turn_to()
        client = signed_in(self.person)
        url = self.url(client)
        act = partial(client.get, url)
        warm_up(act)
        return Sample(store, act, weight(client, url, ROW))


def always(url: str) -> Callable[[Client], str]:
    """Give an address that needs no looking up."""
    return lambda _client: url


def deep(client: Client) -> str:
    """Give the address of the twentieth page of the largest list, or of its last full one."""
    *_, last = full_pages(client)
    return last


def full_pages(client: Client) -> Iterator[str]:
    """Give the addresses of the first pages of the largest list that have no room for more rows."""
    url = "/inbox/team/"
    for _ in range(FAR):
        content = client.get(url).content.decode()
        if content.count(ROW) < FULL:
            break
        yield url
        url = _found(r'href="([^"]+)" rel="next"', content)
        if not url:
            break


def rare_word(client: Client) -> str:
    """Give the address of a search for the number of one request that is in the list."""
    row = _found(f'{ROW}([^"]+)"', client.get("/inbox/team/").content.decode())
    return f"/inbox/team/?find={_found(r'REF-([0-9]+)', client.get(row).content.decode())}"


def first_task(client: Client) -> str:
    """Give the address of the first task that somebody has, which is shown beside the list."""
    return _found(f'{ROW}([^"]+)"', client.get("/inbox/mine/").content.decode())


def _found(pattern: str, content: str) -> str:
    found = re.search(pattern, content)
    return unescape(found[1]) if found else ""


PAGES: Final = (
    Page("mine", REVIEWER, always("/inbox/mine/")),
    Page("team, six groups", REVIEWER, always("/inbox/team/")),
    Page("team, twenty-five groups", LEAD, always("/inbox/team/")),
    Page("the same, by priority", LEAD, always("/inbox/team/?sort=priority")),
    Page("the same, twentieth page", LEAD, deep),
    Page("done", REVIEWER, always("/inbox/done/")),
    Page("search, a rare word", LEAD, rare_word),
    Page("search, common words", LEAD, always("/inbox/team/?find=approve+expense")),
    Page("filter, nothing found", LEAD, always("/inbox/team/?by=person0003&priority=2")),
    Page("task", REVIEWER, first_task),
    Page("empty inbox", NEWCOMER, always("/inbox/mine/")),
)


class Filled(Store):
    """A database with so many tasks."""

    def __init__(self, site: Site, size: int) -> None:
        super().__init__(site, f"inbox{size}")
        self.size = size
        filled(size)


@dataclass
class Sample:
    """What is asked for again and again in one of the databases, and what that has cost so far."""

    store: Filled
    act: Callable[[], object]
    weight: Weight
    cost: Cost = field(default_factory=lambda: Cost([], 0))

    def take(self) -> None:
        """Take a turn; what caches need to fill again does not count."""
        self.store.turn_to()
        warm_up(self.act)
        self.cost += timed(self.act, TURN)


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Measure every page at both sizes in turns, each in a database that holds nothing else."""
    call_command("collectstatic", interactive=False, verbosity=0)
    sizes = (SMALL, asked.instances or (QUICK if asked.quick else LARGE))
    stores = [Filled(site, size) for size in sizes]
    rounds = asked.rounds or (10 if asked.quick else ROUNDS)
    asking = {**{page.name: page.sample for page in PAGES}, "counts": _counts}
    with override_settings(ALLOWED_HOSTS=["*"]):
        return [
            _compared(name, rounds, *(sample(store) for store in stores))
            for name, sample in asking.items()
        ]


def _compared(name: str, rounds: int, small: Sample, large: Sample) -> Figure:
    while len(large.cost.clock) < rounds:
        small.take()
        large.take()
    return Figure(
        f"{name}: p50, p95; {large.store.size:,} : {small.store.size:,}, rows; statements; size",
        f"{large.cost.described()}; {large.cost.each / small.cost.each:.2f}, "
        f"{large.weight.rows} : {small.weight.rows}; {large.weight.described()}",
        GOALS.get(name, GOAL),
    )


def _counts(store: Filled) -> Sample:
    """Give the counts of the navigation alone."""
    store.turn_to()
    lead = User.objects.get(username=f"person{LEAD:04}")
    queries.principals(lead)
    return Sample(store, lambda: lists.count_tasks(lead), Weight(1, 0, 0))


def filled(size: int) -> None:
    """Put so many tasks into the database, and nothing else."""
    call_command("flush", interactive=False, verbosity=0)
    cache.clear()
    load_many(
        Size(tasks=size, open=size * 12 // 100, people=max(50, min(size // 20, 2_000))), print
    )


def signed_in(number: int) -> Client:
    """Give a browser of somebody."""
    client = Client()
    client.force_login(User.objects.get(username=f"person{number:04}"))
    return client

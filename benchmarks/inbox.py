"""Measures the pages of the inbox on the server: with a thousand tasks, and with a million."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from benchmarks.asked import Asked
from benchmarks.figures import Figure, duration, quantile
from benchmarks.sites import Site
from workflows import engine
from workflows.demo.many import LEAD, NEWCOMER, REVIEWER, Size, load_many

SMALL: Final = 1_000
LARGE: Final = 1_000_000
QUICK: Final = 50_000
ROUNDS: Final = 60
WARM: Final = 5
GOALS: Final = {"task": "< 80 ms"}


@dataclass(frozen=True)
class Page:
    """One kind of page, and how somebody asks for it."""

    name: str
    person: int
    url: Callable[[Client], str]


@dataclass(frozen=True)
class Cost:
    """What a page has cost: seconds per request, of the clock and of this process, sorted."""

    clock: list[float]
    cpu: float
    statements: int
    size: int

    def described(self) -> str:
        """Write down how long it takes."""
        return f"{duration(quantile(self.clock, 0.5))}, {duration(quantile(self.clock, 0.95))}"

    def weight(self) -> str:
        """Write down how much it asks for and sends."""
        return f"{self.statements}; {self.size / 1000:.1f} kB"


def always(url: str) -> Callable[[Client], str]:
    """Give an address that needs no looking up."""
    return lambda _client: url


def deep(client: Client) -> str:
    """Give the address of the twentieth page of the largest list."""
    url = "/inbox/team/"
    for _ in range(20):
        url = _found(r'href="([^"]+)" rel="next"', client, url) or url
    return url


def first_task(client: Client) -> str:
    """Give the address of the first task of a list, which is shown beside it."""
    return _found(r'class="row" href="([^"]+)"', client, "/inbox/team/")


def _found(pattern: str, client: Client, url: str) -> str:
    found = re.search(pattern, client.get(url).content.decode())
    return unescape(found[1]) if found else ""


PAGES: Final = (
    Page("mine", REVIEWER, always("/inbox/mine/")),
    Page("team, six groups", REVIEWER, always("/inbox/team/")),
    Page("team, twenty-five groups", LEAD, always("/inbox/team/")),
    Page("the same, by priority", LEAD, always("/inbox/team/?sort=priority")),
    Page("the same, twentieth page", LEAD, deep),
    Page("done", REVIEWER, always("/inbox/done/")),
    Page("search, a rare word", REVIEWER, always("/inbox/team/?find=0000999")),
    Page("search, common words", REVIEWER, always("/inbox/team/?find=approve+expense")),
    Page("filter, nothing found", LEAD, always("/inbox/team/?by=person0003&priority=2")),
    Page("task", REVIEWER, first_task),
    Page("empty inbox", NEWCOMER, always("/inbox/mine/")),
)


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Measure every page at both sizes, each in a database that holds nothing else."""
    call_command("collectstatic", interactive=False, verbosity=0)
    sizes = (SMALL, asked.instances or (QUICK if asked.quick else LARGE))
    rounds = asked.rounds or (10 if asked.quick else ROUNDS)
    small, large = (dict(_measured(size, rounds)) for size in sizes)
    return [
        Figure(
            f"{name}: p50, p95; {sizes[1]:,} : {SMALL:,}; statements; size",
            f"{cost.described()}; {cost.cpu / small[name].cpu:.2f}; {cost.weight()}",
            f"p95 {GOALS.get(name, '< 60 ms')}; ≤ 1.5; ≤ 12; < 60 kB",
        )
        for name, cost in large.items()
    ]


def _measured(size: int, rounds: int) -> Iterator[tuple[str, Cost]]:
    call_command("flush", interactive=False, verbosity=0)
    cache.clear()
    load_many(
        Size(tasks=size, open=size * 12 // 100, people=max(50, min(size // 20, 2_000))), print
    )
    with override_settings(ALLOWED_HOSTS=["*"]):
        for page in PAGES:
            client = Client()
            client.force_login(User.objects.get(username=f"person{page.person:04}"))
            yield page.name, _cost(client, page.url(client), rounds)
        yield "counts", _counts(rounds)


def _cost(client: Client, url: str, rounds: int) -> Cost:
    for _ in range(WARM):
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
    statements: list[str] = []
    with connection.execute_wrapper(_noting(statements)):
        client.get(url)
    began, clock = time.process_time(), [time.perf_counter()]
    for _ in range(rounds):
        client.get(url)
        clock.append(time.perf_counter())
    cpu = time.process_time() - began
    return Cost(_lengths(clock), cpu / rounds, len(statements), len(answer.content))


def _noting(statements: list[str]) -> Callable[..., Any]:
    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, parameters, many, context)

    return note


def _counts(rounds: int) -> Cost:
    """Measure the counts of the navigation alone."""
    lead = User.objects.get(username=f"person{LEAD:04}")
    engine.principals(lead)
    began, clock = time.process_time(), [time.perf_counter()]
    for _ in range(rounds):
        engine.count_tasks(lead)
        clock.append(time.perf_counter())
    cpu = time.process_time() - began
    return Cost(_lengths(clock), cpu / rounds, 1, 0)


def _lengths(moments: list[float]) -> list[float]:
    return [later - earlier for earlier, later in itertools.pairwise(moments)]

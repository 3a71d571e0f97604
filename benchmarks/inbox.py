"""Measures the pages of the inbox on the server: with a thousand tasks, and with a million."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from benchmarks.asked import Asked
from benchmarks.figures import Figure
from benchmarks.page_costs import Cost, Weight, cost, timed, warm_up, weight
from benchmarks.sites import Site
from workflows import engine
from workflows.demo.many import LEAD, NEWCOMER, REVIEWER, Size, load_many

SMALL: Final = 1_000
LARGE: Final = 1_000_000
QUICK: Final = 50_000
ROUNDS: Final = 60
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


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Measure every page at both sizes, each in a database that holds nothing else."""
    call_command("collectstatic", interactive=False, verbosity=0)
    sizes = (SMALL, asked.instances or (QUICK if asked.quick else LARGE))
    rounds = asked.rounds or (10 if asked.quick else ROUNDS)
    small, large = (dict(_measured(size, rounds)) for size in sizes)
    return [
        Figure(
            f"{name}: p50, p95; {sizes[1]:,} : {SMALL:,}, rows; statements; size",
            f"{cost.described()}; {cost.each / small[name][0].each:.2f}, "
            f"{weight.rows} : {small[name][1].rows}; {weight.described()}",
            GOALS.get(name, GOAL),
        )
        for name, (cost, weight) in large.items()
    ]


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


def _measured(size: int, rounds: int) -> Iterator[tuple[str, tuple[Cost, Weight]]]:
    filled(size)
    with override_settings(ALLOWED_HOSTS=["*"]):
        for page in PAGES:
            client = signed_in(page.person)
            url = page.url(client)
            warm_up(client, url)
            yield page.name, (cost(client, url, rounds), weight(client, url, ROW))
        yield "counts", (_counts(rounds), Weight(1, 0, 0))


def _counts(rounds: int) -> Cost:
    """Measure the counts of the navigation alone."""
    lead = User.objects.get(username=f"person{LEAD:04}")
    engine.principals(lead)
    return timed(lambda: engine.count_tasks(lead), rounds)

"""What a page costs the server: it is asked for again and again by Django's test client."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.test import Client

from benchmarks.harness.figures import duration, quantile

WARM: Final = 5


@dataclass(frozen=True)
class Weight:
    """What one answer asks of the database, and what it sends: statements, bytes and rows."""

    statements: int
    size: int
    rows: int

    def described(self) -> str:
        """Write it down."""
        return f"{self.statements}; {self.size / 1000:,.1f} kB"


@dataclass(frozen=True)
class Cost:
    """What answers have cost: seconds of the clock for each, and of this process for all."""

    clock: list[float]
    cpu: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.clock + other.clock, self.cpu + other.cpu)

    @property
    def each(self) -> float:
        """Give the CPU seconds of one answer."""
        return self.cpu / len(self.clock)

    def described(self) -> str:
        """Write down how long an answer takes: the middle, and the 95th percentile."""
        return f"{duration(quantile(self.clock, 0.5))}, {duration(quantile(self.clock, 0.95))}"


def weight(client: Client, url: str, row: str) -> Weight:
    """Ask for a page once; `row` is the text that each of its rows has once."""
    statements: list[str] = []
    with connection.execute_wrapper(_noting(statements)):
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    content = answer.content.decode()
    return Weight(len(statements), len(answer.content), content.count(row))


def warm_up(act: Callable[[], object]) -> None:
    """Let caches fill, and everything be imported."""
    for _ in range(WARM):
        act()


def cost(client: Client, url: str, rounds: int) -> Cost:
    """Ask for a page so many times."""
    return timed(lambda: client.get(url), rounds)


def timed(act: Callable[[], object], rounds: int) -> Cost:
    """Do something so many times."""
    began, clock = time.process_time(), [time.perf_counter()]
    for _ in range(rounds):
        act()
        clock.append(time.perf_counter())
    cpu = time.process_time() - began
    return Cost([later - earlier for earlier, later in itertools.pairwise(clock)], cpu)


def _noting(statements: list[str]) -> Callable[..., Any]:
    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, parameters, many, context)

    return note

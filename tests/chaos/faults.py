"""What a fault is, what it may know of the site that it strikes, and how one is drawn."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil


class Arena(Protocol):
    """The site under attack: real processes on one database."""

    rng: random.Random
    """Every choice comes from it, so that a seed draws the same again; each strike has its own."""

    vendor: str
    """Which database it is: sqlite or postgresql."""

    database_url: str
    """The database itself; the tests' own process reaches it without anything in between."""

    owns_server: bool
    """Whether nobody else uses the database server, so that it may be killed."""

    folder: Path
    """A folder of this run, for files of faults."""

    environment: dict[str, str]
    """Of the processes started from now on; `DATABASE_URL` in it may lead through a proxy."""

    def processes(self) -> list[psutil.Process]:
        """Give every process of the site that lives."""

    def interrupted(self, pids: Iterable[int] | None, since: float) -> None:
        """Say that what ran in these processes (None: in all) at or after `since` may run again.

        `since` is of `ledger.now()`. For faults that interrupt everything the arena says it.
        """


class Fault:
    """One way in which the world goes wrong, and, if it does not heal by itself, right again."""

    name: str
    """What the summary calls it."""

    weight: float = 1.0
    """How often it is drawn, compared with others."""

    interrupts_all: bool = False
    """Whether any step that runs meanwhile may have to run again, wherever it runs."""

    def applies_to(self, arena: Arena) -> bool:
        """Whether it can strike here; asked once, when the site is about to start."""
        return True

    def prepare(self, arena: Arena) -> None:
        """Get ready before the site starts: put a proxy in front of the database, say."""

    def strike(self, arena: Arena) -> None:
        """Do it; come back when the world is whole again, apart from what the site must mend."""
        raise NotImplementedError

    def clear_up(self, arena: Arena) -> None:
        """Leave nothing behind at the end of the run; called once if `prepare` was."""


@dataclass(frozen=True)
class Strike:
    """One fault that was drawn, and the seed of what it chooses itself."""

    fault: Fault
    seed: int


def draw(faults: Sequence[Fault], arena: Arena, count: int) -> list[list[Strike]]:
    """Draw that many faults by their weights, in volleys of one to three.

    All are drawn before the first one strikes: what happens then takes nothing from the dice.
    """
    able = [fault for fault in faults if fault.applies_to(arena)]
    weights, volleys = [fault.weight for fault in able], []
    while count > 0:
        size = min(count, arena.rng.randint(1, 3))
        drawn = arena.rng.choices(able, weights, k=size)
        volleys.append([Strike(fault, arena.rng.getrandbits(32)) for fault in drawn])
        count -= size
    return volleys

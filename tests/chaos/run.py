"""One run: faults strike a site at work, in volleys, and then everything must come to its end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.chaos.arena import Site
from tests.chaos.clients import Clients
from tests.chaos.faults import Fault, draw
from tests.chaos.invariants import broken_at_the_end
from tests.chaos.ledger import now
from tests.chaos.watching import STALLED, Watch
from workflows.models import StepExecution, WorkflowInstance

COMES_UP: Final = 90.0
HEALED: Final = 1.0
"""Seconds: younger than this, due work is no trouble."""

MOVES_WITHIN: Final = 90.0
"""Seconds within which at least one instance ends, once all clients help to end them."""


@dataclass
class Summary:
    """What came of a run."""

    seed: int
    faults: Counter[str] = field(default_factory=Counter)
    instances: int = 0
    executions: int = 0
    runs: int = 0
    repeats: int = 0
    promises: int = 0
    longest_stall: float = 0.0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.faults.total()} faults, {self.instances} instances, "
            f"{self.executions} executions, {self.runs} runs of steps ({self.repeats} again), "
            f"{self.promises} promises, longest stall {self.longest_stall:.1f} s, "
            f"{self.seconds:.0f} s; invariants broken: {len(self.broken)}"
        )


def run(
    site: Site,
    clients: Clients,
    faults: Sequence[Fault],
    *,
    count: int,
    seed: int,
    say: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Let `count` faults strike while clients are busy; give what came of it."""
    summary, watch, began_at = Summary(seed), Watch(), now()
    for fault in faults:
        fault.prepare(site)
    site.start()
    try:
        site.wait_until_up(COMES_UP)
        watch.start()
        clients.start()
        _strike(site, faults, count, watch, summary, say)
        clients.finish()
        watch.found += _wait_for_the_end(clients)
    finally:
        clients.stop()
        watch.stop()
        site.stop()
        for fault in faults:
            fault.clear_up(site)
    summary.broken += [f"Seed {seed}: {line}" for line in watch.found + site.keeper.orphans]
    summary.broken += [f"Seed {seed}: a client failed: {error!r}" for error in clients.troubles]
    _sum_up(summary, site, clients, watch)
    summary.seconds = now() - began_at
    return summary


def _strike(
    site: Site,
    faults: Sequence[Fault],
    count: int,
    watch: Watch,
    summary: Summary,
    say: Callable[[str], None],
) -> None:
    """Strike in volleys of one to three, and let the site recover in between."""
    while (left := count - summary.faults.total()) > 0:
        for _ in range(min(left, site.rng.randint(1, 3))):
            fault = draw(faults, site)
            say(f"{summary.faults.total() + 1}/{count} {fault.name}")
            site.strike(fault)
            summary.faults[fault.name] += 1
            time.sleep(site.rng.uniform(0, 0.3))
        until = time.monotonic() + STALLED
        while watch.stall > HEALED and time.monotonic() < until:
            time.sleep(0.05)
        say(f"longest stall so far: {watch.longest_stall:.1f} s, {watch.stalled}")
        if watch.stall > HEALED:
            say(f"no recovery from {fault.name} within {STALLED:.0f} s")


def _wait_for_the_end(clients: Clients) -> list[str]:
    """Wait while instances end; give what is wrong when none does any more."""
    left, until = -1, time.monotonic() + MOVES_WITHIN
    while live := WorkflowInstance.objects.live().count():
        if live != left:
            left, until = live, time.monotonic() + MOVES_WITHIN
        if clients.troubles or time.monotonic() > until:
            return [f"{live} instances do not come to their end; {clients.last_trouble}."]
        time.sleep(0.1)
    return []


def _sum_up(summary: Summary, site: Site, clients: Clients, watch: Watch) -> None:
    runs = site.ledger.runs()
    summary.broken += broken_at_the_end(runs, clients.promises, site.explains, summary.seed)
    summary.instances = WorkflowInstance.objects.count()
    summary.executions = StepExecution.objects.count()
    summary.runs = len(runs)
    summary.repeats = len(runs) - len({run.execution for run in runs})
    summary.promises = len(clients.promises.made())
    summary.longest_stall = watch.longest_stall

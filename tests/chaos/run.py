"""One run: faults strike a site at work, in volleys, and then everything must come to its end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connections

from tests.chaos.arena import Site
from tests.chaos.clients import Clients
from tests.chaos.faults import Fault, draw
from tests.chaos.invariants import broken_at_the_end
from tests.chaos.ledger import now
from tests.chaos.telling import stories
from tests.chaos.watching import STALLED, Watch
from workflows.models import StepExecution, WorkflowInstance

COMES_UP: Final = 90.0
HEALED: Final = 1.0
"""Seconds: younger than this, due work is no trouble."""

WEDGES_EVERY: Final = 20
"""Faults after which every host must show that it works."""

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


class Run:
    """Faults, the site that they strike, and those who use it meanwhile."""

    def __init__(
        self,
        site: Site,
        clients: Clients,
        faults: Sequence[Fault],
        *,
        seed: int,
        every: int = 1,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._site = site
        self._clients = clients
        self._faults = faults
        self._every = every
        self._say = say
        self._watch = Watch()
        self._summary = Summary(seed)

    def run(self, count: int) -> Summary:
        """Let `count` faults strike; give what came of it."""
        began_at = now()
        for fault in self._faults:
            fault.prepare(self._site)
        self._site.start()
        self._watch.start()
        try:
            self._site.wait_until_up(COMES_UP)
            self._clients.start()
            self._strike(count)
            # Whoever cuts all lines to the database has cut that of this process, too.
            connections.close_all()
            self._find_wedges()
            self._clients.finish()
            self._watch.found += _wait_for_the_end(self._clients)
        finally:
            self._clients.stop()
            self._watch.stop()
            self._site.stop()
            for fault in self._faults:
                fault.clear_up(self._site)
        self._sum_up()
        self._summary.seconds = now() - began_at
        return self._summary

    def _strike(self, count: int) -> None:
        """Strike in volleys, and let the site recover in between."""
        struck, looked = self._summary.faults, 0
        for volley in draw(self._faults, self._site, count):
            for drawn in volley:
                self._site.strike(drawn)
                struck[drawn.fault.name] += 1
                if struck.total() % self._every == 0:
                    self._tell_progress(count, drawn.fault)
                time.sleep(self._site.rng.uniform(0, 0.3))
            until = time.monotonic() + STALLED
            while self._watch.stall > HEALED and time.monotonic() < until:
                time.sleep(0.05)
            if struck.total() // WEDGES_EVERY > looked:
                looked = struck.total() // WEDGES_EVERY
                self._find_wedges()

    def _find_wedges(self) -> None:
        """Wait until every host that works has run a step, as there are plenty."""
        since, idle = now(), {host.name for host in self._site.workers}
        while idle and now() < since + STALLED:
            time.sleep(0.2)
            idle -= self._site.at_work_since(since)
        self._watch.found += [f"Host {name} does nothing for {STALLED:.0f} s." for name in idle]

    def _tell_progress(self, count: int, fault: Fault) -> None:
        longest = f"longest stall {self._watch.longest_stall:.1f} s: {self._watch.stalled}"
        self._say(f"{self._summary.faults.total()}/{count} {fault.name}; {longest}")

    def _sum_up(self) -> None:
        summary, site, clients = self._summary, self._site, self._clients
        runs = site.ledger.runs()
        found = [*self._watch.found, *site.keeper.orphans]
        found += [f"A client failed: {error!r}" for error in clients.troubles]
        found += broken_at_the_end(runs, clients.promises, site.explains)
        summary.broken = [f"Seed {summary.seed}: {line}" for line in found]
        if summary.broken:
            story = "\n".join([*summary.broken, *stories(summary.broken, runs)])
            (site.folder / "broken.txt").write_text(f"{story}\n")
        summary.instances = WorkflowInstance.objects.count()
        summary.executions = StepExecution.objects.count()
        summary.runs = len(runs)
        summary.repeats = len(runs) - len({run.execution for run in runs})
        summary.promises = len(clients.promises.made())
        summary.longest_stall = self._watch.longest_stall


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

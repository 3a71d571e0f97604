"""Faults of processes: killed, stopped for longer than a lease, told to end, on a wrong clock."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from tests.chaos.clocks import SHIFT
from tests.chaos.database_faults.sqlite import file_of
from tests.chaos.faults import Arena, Fault
from tests.chaos.ledger import now

if TYPE_CHECKING:
    from tests.chaos.arena import Site

BEYOND_LEASE: Final = 5.0
"""Seconds for which a process is stopped: a second more than the lease of site.py."""

AHEAD: Final = 60.0
COMES_UP: Final = 30.0
"""Seconds for which a fault waits for a process that was struck before."""

MOMENT: Final = 1.5
"""Seconds for which a fault waits to catch a process idle, or busy, as it wishes."""


class ProcessFault(Fault):
    """Strikes one process of a role, idle or busy."""

    def __init__(self, site: Site, role: str, *, busy: bool, weight: float = 1.0) -> None:
        self.site = site
        self.role = role
        self.busy = busy
        self.weight = weight
        self.name = f"{self.verb} {'busy' if busy else 'idle'} {role}"

    verb = "kill"

    def applies_to(self, arena: Arena) -> bool:
        return self.role in self.site.all_roles

    def strike(self, arena: Arena) -> None:
        victim = self._victim(arena)
        if victim is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                self.hit(victim, arena)

    def hit(self, victim: psutil.Process, arena: Arena) -> None:
        """Do it to this process."""
        victim.kill()

    def _victim(self, arena: Arena) -> psutil.Process | None:
        """Wait for one, and a moment more for one that is as busy or idle as wanted."""
        gives_up_at = time.monotonic() + COMES_UP
        while not self.site.role(self.role) and time.monotonic() < gives_up_at:
            time.sleep(0.1)
        until = time.monotonic() + MOMENT
        while time.monotonic() < until:
            there = self.site.role(self.role)
            wanted = [one for one in there if self.site.is_busy(one) is self.busy]
            if wanted:
                return arena.rng.choice(wanted)
            time.sleep(0.01)
        anybody = self.site.role(self.role)
        return arena.rng.choice(anybody) if anybody else None


class Freeze(ProcessFault):
    """Stops a process until its leases are over, and lets it go on as if nothing had been."""

    verb = "freeze"

    def hit(self, victim: psutil.Process, arena: Arena) -> None:
        freeze([victim], arena)


class FreezeHost(Fault):
    """Stops all processes of a cluster for a while, as a laptop's lid would."""

    name = "freeze cluster"
    weight = 0.5

    def __init__(self, site: Site) -> None:
        self.site = site

    def strike(self, arena: Arena) -> None:
        families = [host.family() for host in self.site.hosts if host.is_cluster]
        if families := [family for family in families if family]:
            freeze(arena.rng.choice(families), arena)


class EndPolitely(Fault):
    """Tells a host to end; whoever keeps it starts it again."""

    name = "terminate"

    def __init__(self, site: Site) -> None:
        self.site = site

    def strike(self, arena: Arena) -> None:
        host = arena.rng.choice(self.site.hosts)
        if host.running is not None and host.running.process.poll() is None:
            host.running.tell(signal.SIGTERM)


class ClockAhead(Fault):
    """Sets a host's clock ahead by a minute, or back again: its program starts anew with it."""

    name = "clock"
    weight = 0.5

    def __init__(self, site: Site) -> None:
        self.site = site

    def applies_to(self, arena: Arena) -> bool:
        # An SQLite file is on one host, whose clock is the one there is.
        return arena.vendor == "postgresql"

    def strike(self, arena: Arena) -> None:
        host = arena.rng.choice(self.site.workers)
        if host.environment.pop(SHIFT, None) is None:
            host.environment[SHIFT] = str(AHEAD)
        for process in host.family()[:1]:
            process.kill()


def freeze(victims: Sequence[psutil.Process], arena: Arena) -> None:
    """Stop processes for longer than a lease, then let them go on."""
    since = now()
    arena.interrupted([victim.pid for victim in victims], since)
    tell(victims, signal.SIGSTOP)
    if arena.vendor == "sqlite" and is_locked(file_of(arena.database_url)):
        # Whoever was stopped was writing, and so keeps everybody else from renewing leases.
        arena.interrupted(None, since)
    time.sleep(max(since + BEYOND_LEASE - now(), 0))
    tell(victims, signal.SIGCONT)


def tell(processes: Sequence[psutil.Process], number: signal.Signals) -> None:
    """Send a signal to those that are still there."""
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(number)


def is_locked(file: Path) -> bool:
    """Whether somebody keeps an SQLite file's write lock, for longer than anybody should."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None, timeout=1)) as writer:
        try:
            writer.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        writer.execute("ROLLBACK")
    return False


def process_faults(site: Site) -> list[Fault]:
    """Give every fault of processes, those that are over quickly more often."""
    kills = [
        ProcessFault(site, role, busy=busy, weight=weight)
        for role, weight in ROLES.items()
        for busy in (False, True)
    ]
    freezes = [Freeze(site, role, busy=True, weight=0.5) for role in ("worker", "pusher")]
    return [*kills, *freezes, FreezeHost(site), EndPolitely(site), ClockAhead(site)]


ROLES: Final = {
    "worker": 3.0,
    "pusher": 1.5,
    "monitor": 1.5,
    "sentinel": 1.0,
    "main": 1.0,
    "web": 1.5,
    "web master": 0.7,
    "work": 1.0,
}
"""Roles of processes, and how often each is struck."""

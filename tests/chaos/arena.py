"""The site under attack: its hosts, who of their processes is which, and what interrupted whom."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.chaos import apps, ledger, steps
from tests.chaos.faults import Strike
from tests.chaos.hosts import Host, Keeper
from tests.chaos.ledger import now
from tests.durability.processes import alive

WEB = "web"
"""Name of the host that serves pages."""

CLUSTER_ROLES = {"worker", "pusher", "monitor", "sentinel"}

LINGERS = 2.0
"""Seconds after a fault in which what it has interrupted may still come to light."""


@dataclass
class Interruption:
    """What ran in these processes (None: in all) at some moment in between may run again."""

    pids: frozenset[int] | None
    since: float
    until: float = float("inf")

    def explains(self, pid: int, since: float, until: float) -> bool:
        """Whether a run in this process that began in between may have been interrupted."""
        hits = self.pids is None or pid in self.pids
        return hits and self.since <= until and since <= self.until


class Site:
    """An arena of hosts on one database."""

    def __init__(
        self,
        *,
        rng: random.Random,
        vendor: str,
        folder: Path,
        environment: dict[str, str],
        hosts: Sequence[Host],
        owns_server: bool = False,
    ) -> None:
        self.rng = rng
        self.vendor = vendor
        self.folder = folder
        self.owns_server = owns_server
        self.database_url = environment["DATABASE_URL"]
        self.roles_file, ledger_file = folder / "roles", folder / "ledger"
        self.ledger = ledger.Ledger(ledger_file)
        self.environment = {
            **environment,
            "DJANGO_SETTINGS_MODULE": "tests.chaos.site",
            ledger.VARIABLE: str(ledger_file),
            steps.FOLDER: str(folder),
            apps.ROLES: str(self.roles_file),
        }
        self.hosts = list(hosts)
        self.keeper = Keeper(self.hosts, self.environment, folder)
        self.interruptions: list[Interruption] = []
        self.is_asked: Callable[[], bool] = lambda: False
        """Whether the host that serves pages is being asked for one."""
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start every host, and keep them up."""
        self.keeper.start()

    def stop(self) -> None:
        """Stop every host politely."""
        self.keeper.stop()

    def processes(self) -> list[psutil.Process]:
        """Give every process of the site that lives."""
        return self.keeper.processes()

    def role(self, role: str) -> list[psutil.Process]:
        """Give the processes of a role: worker, pusher, sentinel, main, web and so on."""
        if role in ("worker", "pusher", "monitor"):
            pids = self._pids_of(role)
            return [process for process in self.processes() if process.pid in pids]
        return alive([one for host in self.hosts for one in self._those_of(host, role)])

    @property
    def all_roles(self) -> set[str]:
        """The roles that there are among these hosts, whether or not their processes live now."""
        mains = {_role_of_main(host) for host in self.hosts}
        more = {"main": CLUSTER_ROLES, "web master": {"web"}}
        return mains.union(*(more.get(main, set()) for main in mains))

    def _those_of(self, host: Host, role: str) -> list[psutil.Process]:
        """Give the host's processes of a role; none of a cluster that is not up yet."""
        family = self.keeper.family(host)
        if host.is_cluster and not self._pids_of("pusher") & {one.pid for one in family}:
            return []
        if role == "web" and host.name == WEB:
            return family[1:]
        if role == "sentinel" and host.is_cluster:
            return family[1:2]
        return family[:1] if role == _role_of_main(host) else []

    def _pids_of(self, role: str) -> set[int]:
        lines = self.roles_file.read_text().splitlines() if self.roles_file.exists() else []
        # A number is used again one day: the last line counts.
        roles = dict(line.split(" ", 1) for line in lines)
        return {int(pid) for pid, its_role in roles.items() if its_role == role}

    def is_busy(self, process: psutil.Process) -> bool:
        """Whether steps run in this process, or, if it runs none, in its host; or it is asked."""
        busy = self.ledger.busy()
        if process.pid in busy or process.pid in self._pids_of("worker"):
            return process.pid in busy
        for host in self.hosts:
            family = self.keeper.family(host)
            if process in family and host.name == WEB:
                return self.is_asked()
            if process in family:
                return any(one.pid in busy for one in family)
        return False

    @property
    def workers(self) -> list[Host]:
        """The hosts that run steps."""
        return [host for host in self.hosts if host.name != WEB]

    def at_work_since(self, moment: float) -> set[str]:
        """Give the names of the hosts in which a step has begun since then."""
        pids = {run.pid for run in self.ledger.runs() if run.began_at >= moment}
        return {
            host.name
            for host in self.workers
            if any(process.pid in pids for process in self.keeper.family(host))
        }

    def interrupted(self, pids: Iterable[int] | None, since: float) -> None:
        """Say that what ran in these processes at or after `since` may run again."""
        with self._lock:
            self.interruptions.append(
                Interruption(frozenset(pids) if pids is not None else None, since)
            )

    def strike(self, drawn: Strike) -> None:
        """Let the fault strike, and keep the time."""
        fault, self.rng = drawn.fault, random.Random(drawn.seed)  # noqa: S311 - no secret
        if fault.interrupts_all:
            self.interrupted(None, now())
        try:
            fault.strike(self)
        finally:
            with self._lock:
                for interruption in self.interruptions:
                    interruption.until = min(interruption.until, now() + LINGERS)

    def explains(self, pid: int, since: float, until: float) -> bool:
        """Whether something interrupted what ran in this process at some moment in between."""
        if any(one.explains(pid, since, until) for one in self.interruptions):
            return True
        is_dead = not psutil.pid_exists(pid)
        return is_dead and self.keeper.last_seen.get(pid, float("-inf")) <= until

    def wait_until_up(self, seconds: float) -> None:
        """Wait until every cluster has its worker, pusher and monitor; raise TimeoutError."""
        until = time.monotonic() + seconds
        wanted = sum(host.is_cluster for host in self.hosts)
        while len(self.role("pusher")) < wanted:
            if time.monotonic() > until:
                raise TimeoutError(f"The clusters did not come up; see the logs in {self.folder}.")
            time.sleep(0.1)


def _role_of_main(host: Host) -> str:
    if host.is_cluster:
        return "main"
    return "web master" if host.name == WEB else "work"

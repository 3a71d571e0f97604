"""Hosts: programs that are started again whenever they end, as a service manager would do."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

from tests.chaos.ledger import now
from tests.durability.processes import MANAGE, Program, alive

LOOKS_EVERY: Final = 0.2
"""Seconds between two looks at all processes."""

ORPHANS_LAST: Final = 20.0
"""Seconds after which whatever a dead main process has left behind counts as an orphan."""


@dataclass
class Host:
    """One program on a machine of its own."""

    name: str
    command: Sequence[str]
    program: Sequence[str] = MANAGE
    environment: dict[str, str] = field(default_factory=dict)
    """What differs from the site's environment, from the next start on."""

    starts: int = 0
    running: Program | None = None

    @property
    def is_cluster(self) -> bool:
        return "qcluster" in self.command

    def start(self, environment: dict[str, str], folder: Path) -> None:
        """Start the program, with a log of its own."""
        self.starts += 1
        log = folder / f"{self.name}-{self.starts}.log"
        self.running = Program(
            {**environment, **self.environment}, log, *self.command, program=self.program
        )

    def family(self) -> list[psutil.Process]:
        """Give the program's processes, the main one first, for as long as that lives."""
        if self.running is None or self.running.process.poll() is not None:
            return []
        try:
            return self.running.family()
        except psutil.NoSuchProcess:
            return []


class Keeper:
    """A thread that starts hosts again, and remembers which process was last seen when."""

    def __init__(self, hosts: Sequence[Host], environment: dict[str, str], folder: Path) -> None:
        self.hosts = hosts
        self.last_seen: dict[int, float] = {}
        self.orphans: list[str] = []
        self._environment = environment
        self._folder = folder
        self._left: list[tuple[float, Host, list[psutil.Process]]] = []
        self._families: dict[str, list[psutil.Process]] = {}
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True, name="keeper")

    def start(self) -> None:
        """Start every host, and keep it up from now on."""
        self._thread.start()

    def processes(self) -> list[psutil.Process]:
        """Give every process of every host that was seen at the last look, and still lives."""
        with self._lock:
            seen = [process for family in self._families.values() for process in family]
        return alive(seen)

    def family(self, host: Host) -> list[psutil.Process]:
        """Give the host's processes as seen at the last look, the main one first."""
        with self._lock:
            return list(self._families.get(host.name, ()))

    def kill(self) -> None:
        """Kill everything at once."""
        self._stopped.set()
        self._thread.join()
        for process in self._everybody():
            process.kill()
        for host in self.hosts:
            if host.running is not None:
                host.running.kill()

    def stop(self) -> None:
        """Stop every host politely; whoever stays is an orphan, and is killed."""
        self._stopped.set()
        self._thread.join()
        for host in self.hosts:
            if host.running is not None and host.running.process.poll() is None:
                host.running.tell(signal.SIGTERM)
        until = time.monotonic() + ORPHANS_LAST
        while (left := self._everybody()) and time.monotonic() < until:
            time.sleep(LOOKS_EVERY)
        self.orphans += [f"{process} was not stopped" for process in left]
        self.kill()

    def _everybody(self) -> list[psutil.Process]:
        left = [process for _, _, family in self._left for process in family]
        return alive([*self.processes(), *left, *(p for host in self.hosts for p in host.family())])

    def _run(self) -> None:
        while not self._stopped.is_set():
            for host in self.hosts:
                self._look_after(host)
            self._bury()
            self._stopped.wait(LOOKS_EVERY)

    def _look_after(self, host: Host) -> None:
        if host.running is None or host.running.process.poll() is not None:
            left = self._families.get(host.name, [])
            if left:
                self._left.append((now() + ORPHANS_LAST, host, left))
            host.start(self._environment, self._folder)
        # A killed process whose parent has not buried it yet is one of the family, but dead.
        family = alive(host.family())
        moment = now()
        for process in family:
            self.last_seen[process.pid] = moment
        with self._lock:
            self._families[host.name] = family

    def _bury(self) -> None:
        """Look after what ended programs have left behind: it must go by itself."""
        for entry in list(self._left):
            expires_at, host, family = entry
            left = alive(family)
            # What a fault has stopped cannot leave.
            stopped = [one for one in left if is_stopped(one)]
            for process in left:
                self.last_seen[process.pid] = now()
            if not left:
                self._left.remove(entry)
            elif now() > expires_at and not stopped:
                self.orphans += [f"{process} of {host.name} goes on" for process in left]
                self._left.remove(entry)


def is_stopped(process: psutil.Process) -> bool:
    """Whether the process has been sent SIGSTOP."""
    try:
        return bool(process.status() == psutil.STATUS_STOPPED)
    except psutil.NoSuchProcess:
        return False

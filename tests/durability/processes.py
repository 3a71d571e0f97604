"""Real processes on the database of a test: how they are started, watched and ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180.0
"""Seconds until a test gives up: what is waited for takes a few on an idle machine."""

T = TypeVar("T")


def wait_for(what: Callable[[], T], *, seconds: float = PATIENCE, means: str = "") -> T:
    """Ask until the answer is true, and give it; fail with what was meant after a long while."""
    until = time.monotonic() + seconds
    while not (answer := what()):
        if time.monotonic() > until:
            raise AssertionError(f"Waited {seconds:.0f} s in vain. {means}")
        time.sleep(0.02)
    return answer


MANAGE: Final = ("manage.py",)


class Program:
    """One command, of `manage.py` unless told otherwise, and everything that it starts."""

    def __init__(
        self,
        environment: dict[str, str],
        log: Path,
        *command: str,
        program: Sequence[str] = MANAGE,
    ) -> None:
        self.log = log
        self._known: set[psutil.Process] = set()
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *program, *command],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """What it has written so far."""
        return self.log.read_text()

    def family(self) -> list[psutil.Process]:
        """Give the process and all its descendants, for as long as it lives."""
        me = psutil.Process(self.process.pid)
        family = [me, *me.children(recursive=True)]
        self._known.update(family)
        return family

    def tell(self, number: signal.Signals) -> None:
        """Send a signal to the process, not to its descendants."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """Kill everything at once, as a power cut would; orphans that were once seen, too."""
        if self.process.poll() is None:
            self.family()
        for process in self._known:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(list(self._known), timeout=30)
        self.process.wait(30)

    def ends(self, *, seconds: float = PATIENCE) -> int:
        """Wait for the end of the process; give its exit status."""
        return self.process.wait(seconds)


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Give those that still run; a process that nobody has buried yet does not."""
    return [one for one in processes if one.is_running() and _status(one) != psutil.STATUS_ZOMBIE]


def _status(process: psutil.Process) -> str:
    try:
        return str(process.status())
    except psutil.NoSuchProcess:
        return str(psutil.STATUS_ZOMBIE)


def kill(pid: int) -> None:
    """Kill one process without a chance to say goodbye."""
    os.kill(pid, signal.SIGKILL)

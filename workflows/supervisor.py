"""Keeps a few programs running as one: they start together, and end together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Final

from workflows import lifeline

STOPS_WITHIN: Final = 10.0
"""Seconds that the programs get to end by themselves; what is left then is killed."""

CYCLE: Final = 0.1


class Supervisor:
    """Runs programs in a folder as children, each in a session of its own.

    The children hold a lifeline, so that they end too when this process is killed.
    """

    def __init__(self, programs: Mapping[str, Sequence[str]], folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._is_told_to_stop = False

    def start(self) -> None:
        """Start all programs; from now on SIGINT and SIGTERM make `wait` come back."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._tell_to_stop)
        # The writing end stays open, unused and unknown to anybody else, until this process ends.
        reading, _ = lifeline.make()
        environment = {**os.environ, lifeline.VARIABLE: str(reading)}
        for name, program in self._programs.items():
            self._children[name] = subprocess.Popen(
                program,
                cwd=self._folder,
                env=environment,
                pass_fds=[reading],
                start_new_session=True,
            )
        os.close(reading)

    def wait(self, until: Callable[[], bool] = lambda: False) -> None:
        """Wait for a signal, for the end of a child, or until something else is so."""
        while not self._is_told_to_stop and not self.ended() and not until():
            time.sleep(CYCLE)

    @property
    def goes_on(self) -> bool:
        """Whether every child runs and nobody wants them to stop."""
        return not self._is_told_to_stop and not self.ended()

    def ended(self) -> dict[str, int]:
        """Give the exit statuses of the children that have ended."""
        statuses = {name: child.poll() for name, child in self._children.items()}
        return {name: status for name, status in statuses.items() if status is not None}

    def stop(self) -> None:
        """End all children, and whatever they have left behind in their sessions."""
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + STOPS_WITHIN
        while len(self.ended()) < len(self._children) and time.monotonic() < until:
            time.sleep(CYCLE / 4)
        for child in self._children.values():
            _kill_session(child.pid)
            child.wait()

    def _tell_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._is_told_to_stop = True


def _kill_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return  # Everybody in it has ended, as it should be.

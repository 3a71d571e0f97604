"""Keeps a few programs running as one: they start together, and end together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final

from workflows.cluster import parent_pipe

STOPS_WITHIN: Final = 10.0
"""Seconds that the programs get to end by themselves; what is left then is killed."""

RESTS: Final = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before a program is started again: longer each time, and never longer than the last."""

SETTLES_IN: Final = 60.0
"""Seconds after which a program that runs is one that works, so that its rests begin anew."""

CYCLE: Final = 0.1

Tell = Callable[[str], None]


class Program:
    """One program, started as often as need be, each time in a session of its own."""

    def __init__(self, name: str, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self.name = name
        self._start = start
        self.process = start()
        self._started_at = time.monotonic()
        self._ended_at: float | None = None
        self._ends = 0

    def revive(self, tell: Tell) -> None:
        """Start it again if it has ended and has rested for long enough."""
        status = self.process.poll()
        if status is None:
            return
        now = time.monotonic()
        if self._ended_at is None:
            self._ended_at = now
            self._ends = 0 if now - self._started_at > SETTLES_IN else self._ends + 1
            kill_session(self.process.pid)
            tell(f"The {self.name} has ended by itself (exit status {status}){self._outlook()}")
        if now >= self._ended_at + self._rest:
            self._ended_at, self._started_at = None, now
            self.process = self._start()

    @property
    def _rest(self) -> float:
        """The first time it is started again at once."""
        return RESTS[min(max(self._ends - 1, 0), len(RESTS) - 1)]

    def _outlook(self) -> str:
        again = f"again in {self._rest:.0f} s" if self._rest else "again"
        return f" and is started {again}. Its last lines above say why."


class Supervisor:
    """Runs programs in a folder as children.

    The children hold a lifeline, so that they end too when this process is killed.
    """

    def __init__(self, programs: Mapping[str, Sequence[str]], folder: Path) -> None:
        self._commands = programs
        self._folder = folder
        self._programs: list[Program] = []
        self._is_told_to_stop = False

    def start(self) -> None:
        """Start all programs; from now on SIGINT and SIGTERM end every wait."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._tell_to_stop)
        # The writing end stays open, unused and unknown to anybody else, until this process ends.
        reading, _ = parent_pipe.make()
        for name, command in self._commands.items():
            self._programs.append(Program(name, partial(self._open, command, reading)))

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until something is so, or for a signal, or for the end of a program."""
        while self.goes_on and not until():
            time.sleep(CYCLE)

    def keep(self, tell: Tell) -> None:
        """Wait for a signal; start what ends by itself again, and say so."""
        while not self._is_told_to_stop:
            for program in self._programs:
                program.revive(tell)
            time.sleep(CYCLE)

    @property
    def goes_on(self) -> bool:
        """Whether every program runs and nobody wants them to stop."""
        return not self._is_told_to_stop and not self.ended()

    def ended(self) -> dict[str, int]:
        """Give the exit statuses of the programs that have ended."""
        statuses = {program.name: program.process.poll() for program in self._programs}
        return {name: status for name, status in statuses.items() if status is not None}

    def stop(self) -> None:
        """End all programs, and whatever they have left behind in their sessions."""
        for program in self._programs:
            if program.process.poll() is None:
                program.process.terminate()
        until = time.monotonic() + STOPS_WITHIN
        while len(self.ended()) < len(self._programs) and time.monotonic() < until:
            time.sleep(CYCLE / 4)
        for program in self._programs:
            kill_session(program.process.pid)
            program.process.wait()

    def _open(self, command: Sequence[str], reading: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd=self._folder,
            env={**os.environ, parent_pipe.VARIABLE: str(reading)},
            pass_fds=[reading],
            start_new_session=True,
        )

    def _tell_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._is_told_to_stop = True


def kill_session(leader: int) -> None:
    """Kill what is left of a session."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return  # Everybody in it has ended, as it should be.

"""Says what a run has cost up to certain steps; for runs inside this process only."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field

import psutil

from benchmarks.harness.processes import cpu_seconds


@dataclass(frozen=True)
class Reading:
    """Seconds since some moment, on the clock and of CPU time (this process's and the server's)."""

    passed: float
    cpu: float

    def __sub__(self, earlier: Reading) -> Reading:
        return Reading(self.passed - earlier.passed, self.cpu - earlier.cpu)


@dataclass
class Meter:
    """Counts steps, and takes a reading at every step whose number is a multiple of `every`."""

    every: int = 0
    server: psutil.Process | None = None
    readings: list[Reading] = field(default_factory=list)
    counted: int = 0

    def begin(self, every: int, server: psutil.Process | None) -> None:
        """Start anew."""
        self.every, self.server, self.counted = every, server, 0
        self.readings = [self._read()]

    def count(self) -> None:
        """Count one step; steps call this from one thread, that of the event loop."""
        self.counted += 1
        if self.every and self.counted % self.every == 0:
            self.readings.append(self._read())

    def end(self) -> None:
        """Take a last reading, in the place of the one at the last step: now all is recorded."""
        self.readings[-1] = self._read()

    def parts(self) -> list[Reading]:
        """Give the cost of each part of the run."""
        return [later - earlier for earlier, later in itertools.pairwise(self.readings)]

    def whole(self) -> Reading:
        """Give the cost of the whole run."""
        return self.readings[-1] - self.readings[0]

    def _read(self) -> Reading:
        server = cpu_seconds(self.server) if self.server else 0.0
        return Reading(time.monotonic(), time.process_time() + server)


meter = Meter()

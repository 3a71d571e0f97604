"""Signs of life of one cluster, in memory that its processes share: no lock, and no statement."""

from __future__ import annotations

import mmap
import os
import time
from enum import IntEnum
from typing import Final

SLOTS: Final = 256
"""Places for the numbers of busy processes; django-q2's clusters have at most 64."""

PROBES_AFTER: Final = 2.0
"""Seconds without an answer after which another job is sent after the first."""

_STOPS, _CONDEMNED = 0, 1


class Sign(IntEnum):
    """What is remembered: the moment at which it happened last."""

    GUARDED = 0
    """The sentinel has looked after its processes."""
    PUSHED = 1
    """The pusher has asked the broker for work."""
    ASKED = 2
    """A job was handed out to the workers."""
    STARTED = 3
    """A worker has started a job."""
    ENDED = 4
    """A worker has ended a job, and sent the result to the monitor."""
    HANDLED = 5
    """The monitor has dealt with a result."""


class Vitals:
    """Made by the sentinel before it forks; moments are of the monotonic clock, 0 for never."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        numbers, pids = 8 * (len(Sign) + SLOTS), 4 * SLOTS
        view = memoryview(mmap.mmap(-1, numbers + pids + 2))
        self._stamps = view[: 8 * len(Sign)].cast("d")
        self._beats = view[8 * len(Sign) : numbers].cast("d")
        self._pids = view[numbers : numbers + pids].cast("i")
        self._flags = view[numbers + pids :]

    def mark(self, sign: Sign) -> None:
        """Say that it happens now."""
        self._stamps[sign] = time.monotonic()

    def at(self, sign: Sign) -> float:
        """Give the moment at which it happened last."""
        return self._stamps[sign]

    def begin_job(self) -> None:
        """Say that this worker process is busy with a job."""
        self._pids[self._slot()] = os.getpid()
        self.mark(Sign.STARTED)
        self.beat()

    def beat(self) -> None:
        """Say that Python code still runs in this process, whatever its job does."""
        self._beats[self._slot()] = time.monotonic()

    def beats(self) -> dict[int, float]:
        """Give when each living process that is busy has said so last."""
        busy = zip(self._pids, self._beats, strict=True)
        return {pid: beat for pid, beat in busy if pid and _lives(pid)}

    def end_job(self) -> None:
        """Say that this worker process is free again."""
        self._pids[self._slot()] = 0
        self.mark(Sign.ENDED)

    def busy(self) -> int:
        """Give how many living processes are busy."""
        return sum(1 for pid in self._pids if pid and _lives(pid))

    @property
    def is_unanswered(self) -> bool:
        """Whether a worker is free and no worker has started what was handed out last."""
        return self.at(Sign.ASKED) > self.at(Sign.STARTED) and self.has_free_worker

    @property
    def is_unhandled(self) -> bool:
        """Whether a worker is free and the monitor has not dealt with the last result."""
        return self.at(Sign.ENDED) > self.at(Sign.HANDLED) and self.has_free_worker

    @property
    def has_free_worker(self) -> bool:
        """Whether some worker should take a job; one that has died is replaced in a second."""
        return self.busy() < self._workers

    @property
    def wants_probe(self) -> bool:
        """Whether a job or a result may have been lost with a process that died having it."""
        waited = time.monotonic() - max(self.at(Sign.ASKED), self.at(Sign.ENDED))
        return waited > PROBES_AFTER and (self.is_unanswered or self.is_unhandled)

    @property
    def stops(self) -> bool:
        """Whether the cluster stops, so that a running drain job should end."""
        return self.is_condemned or bool(self._flags[_STOPS])

    @stops.setter
    def stops(self, value: bool) -> None:
        self._flags[_STOPS] = int(value)

    @property
    def is_condemned(self) -> bool:
        """Whether the watchdog is about to end the cluster."""
        return bool(self._flags[_CONDEMNED])

    def condemn(self) -> None:
        """Let nobody begin anything any more."""
        self._flags[_CONDEMNED] = 1

    def _slot(self) -> int:
        """Give this process's place; numbers of new processes follow one another."""
        mine = os.getpid()
        slot = mine % SLOTS
        while (other := self._pids[slot]) not in (0, mine) and _lives(other):
            slot = (slot + 1) % SLOTS
        return slot


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False  # The number has gone to somebody else's process.
    return True


shared: Vitals | None = None
"""Those of this process's cluster, inherited from the sentinel; None outside of one."""


def share(workers: int) -> Vitals:
    """Make the signs of life that the processes forked from this one share."""
    global shared
    shared = Vitals(workers)
    return shared

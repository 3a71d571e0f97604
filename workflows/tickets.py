"""Tickets for drain jobs: shared memory between the broker that hands them out and the workers.

A worker that is busy takes its next job when it is done, so that the broker must know how many of
its drain jobs nobody has started yet. Every job carries the number of a ticket, one byte of memory
that the broker marks and the worker that starts the job clears: no lock that a killed process
could keep, and no statement.
"""

from __future__ import annotations

import mmap
import time
from typing import Final

LOST_AFTER: Final = 60.0
"""Seconds after which a ticket counts as lost with the worker that took its job and died."""

_FREE, _OUT = 0, 1


class Tickets:
    """As many tickets as jobs may wait; made before the processes that share them are forked."""

    def __init__(self, count: int) -> None:
        # The last byte says that the cluster stops.
        self._bytes = mmap.mmap(-1, count + 1)
        self._given_at = [0.0] * count

    def take(self) -> int | None:
        """Give a free ticket's number, from 0, or None while all are out."""
        now = time.monotonic()
        for number, given_at in enumerate(self._given_at):
            if self._bytes[number] == _FREE or now - given_at > LOST_AFTER:
                self._bytes[number] = _OUT
                self._given_at[number] = now
                return number
        return None

    def give_back(self, number: int) -> None:
        """Let the ticket be taken again: its job has started."""
        if 0 <= number < len(self._given_at):
            self._bytes[number] = _FREE

    @property
    def stops(self) -> bool:
        """Whether the cluster stops, so that a running drain job should end."""
        return self._bytes[len(self._given_at)] != 0

    @stops.setter
    def stops(self, value: bool) -> None:
        self._bytes[len(self._given_at)] = int(value)


shared: Tickets | None = None
"""Those of this process's cluster, inherited from the sentinel; None outside of one."""


def share(count: int) -> Tickets:
    """Make the tickets that the processes forked from this one share."""
    global shared
    shared = Tickets(count)
    return shared

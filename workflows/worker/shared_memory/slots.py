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

LOST_AFTER: Final = 2.0
"""Seconds after which a ticket counts as lost, with a worker that died having it, while another
worker is free to take its job."""

_FREE, _OUT = 0, 1


class Tickets:
    """As many tickets as jobs may wait; made before the processes that share them are forked."""

    def __init__(self, count: int) -> None:
        self._bytes = mmap.mmap(-1, count)
        self._given_at = [0.0] * count

    def take(self, *, are_late: bool) -> int | None:
        """Give a free ticket's number, from 0, or None while all are out.

        `are_late` says that jobs should have been started at once, so that old ones are lost.
        """
        now = time.monotonic()
        for number, given_at in enumerate(self._given_at):
            is_lost = are_late and now - given_at > LOST_AFTER
            if self._bytes[number] == _FREE or is_lost:
                self._bytes[number] = _OUT
                self._given_at[number] = now
                return number
        return None

    def give_back(self, number: int) -> None:
        """Let the ticket be taken again: its job has started."""
        if 0 <= number < len(self._given_at):
            self._bytes[number] = _FREE


shared: Tickets | None = None
"""Those of this process's cluster, inherited from the sentinel; None outside of one."""


def share(count: int) -> Tickets:
    """Make the tickets that the processes forked from this one share."""
    global shared
    shared = Tickets(count)
    return shared

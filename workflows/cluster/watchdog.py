"""The watchdog: a thread of the sentinel that ends what has come to a standstill.

Whoever has started the cluster (`manage.py up`, systemd) starts it again. It counts its own looks
instead of seconds, so that a machine that was asleep does not look like a cluster that is dead.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from workflows.worker.shared_memory.liveness import Sign, Vitals

CONDEMNED: Final = 71
"""Exit status of a sentinel that the watchdog has ended."""

LOOKS_EVERY: Final = 1.0
"""Seconds between two looks."""

FROZEN_AFTER: Final = 60
"""Looks after which a busy process in which nothing moves is ended: a C function holds it."""

logger = logging.getLogger("workflows")


@dataclass(frozen=True)
class Symptom:
    """What is wrong when it is seen that many times in a row.

    What may wait for the database has as long as SQLite waits for a lock, and as long again.
    """

    says: str
    looks: int
    is_seen: Callable[[Vitals, Sequence[float]], bool]


def _is_silent(sign: Sign) -> Callable[[Vitals, Sequence[float]], bool]:
    return lambda vitals, before: vitals.at(sign) == before[sign]


SYMPTOMS: Final = (
    Symptom("its sentinel does not move", 45, _is_silent(Sign.GUARDED)),
    Symptom(
        "its pusher does not move",
        45,
        lambda vitals, before: not vitals.stops and _is_silent(Sign.PUSHED)(vitals, before),
    ),
    Symptom("no worker takes the jobs it is given", 12, lambda vitals, _: vitals.is_unanswered),
    Symptom("nobody deals with the results of jobs", 45, lambda vitals, _: vitals.is_unhandled),
    Symptom(
        "it was told to stop and does not end",
        15,
        lambda vitals, _: vitals.stops and vitals.busy() == 0,
    ),
)


class Watchdog:
    """Looks at the signs of life, once a second."""

    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals
        self._before = [0.0] * len(Sign)
        self._seen: Counter[str] = Counter()
        self._beats: dict[int, float] = {}
        self._still: Counter[int] = Counter()

    def look(self) -> str:
        """Look once; give what is wrong, or nothing."""
        wrong = ""
        for symptom in SYMPTOMS:
            is_seen = symptom.is_seen(self._vitals, self._before)
            self._seen[symptom.says] = self._seen[symptom.says] + 1 if is_seen else 0
            if self._seen[symptom.says] >= symptom.looks:
                wrong = wrong or symptom.says
        self._before = [self._vitals.at(sign) for sign in Sign]
        return wrong

    def frozen(self) -> list[int]:
        """Give the processes that are busy and have not moved for long; looks once, too."""
        before, self._beats = self._beats, self._vitals.beats()
        for pid in [*self._still]:
            if pid not in self._beats:
                del self._still[pid]
        for pid, beat in self._beats.items():
            self._still[pid] = self._still[pid] + 1 if before.get(pid) == beat else 0
        return [pid for pid, looks in self._still.items() if looks == FROZEN_AFTER]

    def watch(self, grace: float) -> None:
        """Look until something is wrong, and then end the cluster of which this is the sentinel."""
        while not (wrong := self.look()):
            for pid in self.frozen():
                logger.critical("Worker process %d does not move: it is ended.", pid)
                os.kill(pid, signal.SIGKILL)
            time.sleep(LOOKS_EVERY)
        logger.critical(
            "The cluster has come to a standstill: %s. It is ended, to be started again.", wrong
        )
        self._vitals.condemn()
        end_family(grace)


def start(vitals: Vitals, grace: float) -> None:
    """Begin to watch; `grace` is how many seconds the workers have for giving back their steps."""
    threading.Thread(
        target=Watchdog(vitals).watch, args=[grace], daemon=True, name="watchdog"
    ).start()


def end_family(grace: float) -> None:
    """End the children of this process, then its parent and itself; never returns."""
    for child in multiprocessing.active_children():
        child.terminate()
    until = time.monotonic() + grace
    while multiprocessing.active_children() and time.monotonic() < until:
        time.sleep(0.05)
    for child in multiprocessing.active_children():
        child.kill()
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        os.kill(parent.pid, signal.SIGKILL)
    os._exit(CONDEMNED)

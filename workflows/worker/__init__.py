"""Run executions, inside a process of django-q2 or of `manage.py work`.

In: the executions that are due. Out: what came of each, recorded; leases and a heartbeat meanwhile.
"""

from __future__ import annotations

import gc
import multiprocessing.util
import os
import signal
import threading
import time
from types import FrameType
from typing import Final

from workflows.engine.definitions.refresh import refresh_at_start
from workflows.worker.runner import Runner
from workflows.worker.shared_memory import liveness, slots

SPENT: Final = 75
"""Exit status of a process in which a step cannot be stopped; somebody should start a new one."""

BEATS_EVERY: Final = 2.0

GARBAGE: Final = 20_000
"""New objects after which cycles among them are looked for; the engine itself makes none."""

_runner: Runner | None = None
_is_told_to_stop = False


def start() -> Runner:
    """Give this process's runner, which begins its heartbeat when it is made."""
    global _runner
    if _runner is None or _runner.pid != os.getpid():
        _runner = Runner()
        _runner.start()
        refresh_at_start(waits=0)
        _collect_seldom()
        multiprocessing.util.Finalize(None, _runner.sign_off, exitpriority=10)
        signal.signal(signal.SIGTERM, _stop)
        if liveness.shared is not None:
            threading.Thread(target=_beat, args=[liveness.shared], daemon=True, name="beat").start()
    return _runner


def drain(ticket: int | None = None) -> int:
    """Run what is due in this worker process; give the number of executions recorded."""
    runner = start()
    if slots.shared is not None and ticket is not None:
        slots.shared.give_back(ticket)
    recorded = 0 if stops() else runner.drain(stops)
    if _is_told_to_stop or runner.is_spent:
        raise SystemExit(0 if _is_told_to_stop else SPENT)
    return recorded


def stops() -> bool:
    """Whether this process, or the whole cluster, is to end."""
    return _is_told_to_stop or (liveness.shared is not None and liveness.shared.stops)


def _collect_seldom() -> None:
    """Look for garbage less often, and never among the modules: it took a tenth of the CPU time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 20, 20)


def _beat(signs: liveness.Vitals) -> None:
    """Say for ever that this process moves, which no code that holds the interpreter lets it."""
    while True:
        signs.beat()
        time.sleep(BEATS_EVERY)


def _stop(number: int, frame: FrameType | None) -> None:
    """End at once, or, while executions run, when they have ended or been given back."""
    global _is_told_to_stop
    _is_told_to_stop = True
    if _runner is None or not _runner.is_draining:
        raise SystemExit(0)

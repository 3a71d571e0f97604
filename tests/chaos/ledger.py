"""The effect ledger: a file outside the database in which every run of a step leaves its traces.

What the database says has happened can so be held against what did happen.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workflows import WorkflowContext

VARIABLE: Final = "CHAOS_LEDGER"
"""Names the file in the environment of the processes."""

FENCE_OF: Final = "fence of "
"""How the names of data begin in which executions say under which fence they wrote."""

BEGAN, ENDED, RAISED, CANCELED = "began", "ended", "raised", "canceled"

fence: ContextVar[int] = ContextVar("fence", default=0)
"""Under which fence the code at hand runs; set around every run, see apps.py."""

leased_at: ContextVar[float] = ContextVar("leased_at", default=0.0)
"""When the lease was taken under which the code at hand runs."""


@dataclass
class Run:
    """One run of an execution's code; `how` is None where it was cut off, or still runs."""

    execution: int
    fence: int
    pid: int
    instance: str
    path: str
    began_at: float
    leased_at: float
    ended_at: float | None = None
    how: str | None = None


def now() -> float:
    """Give seconds of a clock that all processes share and that nobody can set."""
    return time.monotonic()


@contextmanager
def run_of(context: WorkflowContext) -> Iterator[dict[str, int]]:
    """Write down that the step's code runs, and how that ends; give what is to be its result."""
    _write(BEGAN, context)
    try:
        yield {"execution": _execution(context.idempotency_key), "fence": fence.get()}
    except Exception:
        _write(RAISED, context)
        raise
    except BaseException:
        _write(CANCELED, context)
        raise
    _write(ENDED, context)


def _write(what: str, context: WorkflowContext) -> None:
    moments = f"{now():.6f} {leased_at.get():.6f}"
    words = (what, context.idempotency_key, fence.get(), os.getpid(), moments)
    append(Path(os.environ[VARIABLE]), f"{' '.join(map(str, words))} {context.current_step}")


def append(file: Path, line: str) -> None:
    """Append a line in one write, so that processes do not get into each other's."""
    number = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(number, f"{line}\n".encode())
    os.close(number)


def _execution(key: str) -> int:
    return int(key.rpartition(":")[2])


class Ledger:
    """Reads the ledger, each line once; threads may share it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_to = 0
        self._lock = threading.Lock()
        self._runs: list[Run] = []
        self._open: dict[tuple[int, int, int], Run] = {}

    def runs(self) -> list[Run]:
        """Give all runs so far in the order in which they began."""
        with self._lock:
            self._read_on()
            return list(self._runs)

    def busy(self) -> set[int]:
        """Give the processes in which steps run, or ran when they died."""
        with self._lock:
            self._read_on()
            return {run.pid for run in self._open.values()}

    def _read_on(self) -> None:
        if not self._file.exists():
            return
        with self._file.open("rb") as file:
            file.seek(self._read_to)
            # A line that is being written may be there in part.
            fresh = file.read().rpartition(b"\n")[0]
        self._read_to += len(fresh)
        for line in fresh.decode().split("\n"):
            if line:
                self._take(line)

    def _take(self, line: str) -> None:
        what, key, under, pid, at, leased, path = line.split(" ", 6)
        instance, _, execution = key.rpartition(":")
        identity = (int(execution), int(under), int(pid))
        if what == BEGAN:
            run = Run(*identity, instance, path, began_at=float(at), leased_at=float(leased))
            self._runs.append(run)
            self._open[identity] = run
        elif identity in self._open:
            run = self._open.pop(identity)
            run.ended_at, run.how = float(at), what

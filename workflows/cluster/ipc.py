"""Locks, events and queues between forked processes that no `kill -9` can leave taken.

The ones of `multiprocessing` are semaphores: whoever is killed while holding one holds it for ever.
Here the kernel holds them (a lock on an open file, a byte in a pipe), and lets go of what a process
had when it dies. A signal handler may set an event, also while the code that it interrupts does so.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import multiprocessing.queues
import multiprocessing.util
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Final

DESCRIPTORS: Final = Path("/proc/self/fd")
"""Where Linux lets a process open again what it has open, also a file that has no name any more."""


class KernelLock:
    """A lock on a file that each process opens for itself; recursive, for one thread of each."""

    def __init__(self) -> None:
        # The folder is removed when the process ends that is the first to ask for it.
        self._file, path = tempfile.mkstemp(dir=multiprocessing.util.get_temp_dir())
        self._path = Path(path)
        if DESCRIPTORS.is_dir():
            self._path.unlink()  # Nothing is left behind, however the processes end.
        self._maker: Final = os.getpid()
        self._pid = self._maker
        self._depth = 0

    def acquire(self, block: bool = True) -> bool:
        """Wait until nobody else has it; without `block` tell at once whether that is so."""
        self._open()
        if self._depth == 0:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | (0 if block else fcntl.LOCK_NB))
            except BlockingIOError:
                return False
        self._depth += 1
        return True

    def release(self) -> None:
        """Let the others have it, once as often as it was acquired."""
        self._depth -= 1
        if self._depth == 0:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _open(self) -> None:
        """Open the file again after a fork: what was open before it is shared, with its lock."""
        if self._pid != os.getpid():
            shared = self._file
            place = DESCRIPTORS / str(shared) if DESCRIPTORS.is_dir() else self._path
            self._file = os.open(place, os.O_RDWR | os.O_CLOEXEC)
            os.close(shared)
            self._pid, self._depth = os.getpid(), 0

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()

    def __del__(self) -> None:
        os.close(self._file)
        if self._maker == os.getpid():
            self._path.unlink(missing_ok=True)


class PipeEvent:
    """Something that has happened, or not yet; a signal handler may say so."""

    def __init__(self) -> None:
        self._reader, self._writer = multiprocessing.Pipe(duplex=False)

    def set(self) -> None:
        """Let it have happened."""
        if not self.is_set():
            self._writer.send_bytes(b"1")

    def is_set(self) -> bool:
        """Tell whether it has happened."""
        return self._reader.poll(0)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for it, at most that many seconds; tell whether it has happened."""
        return self._reader.poll(timeout)


class KillproofQueue(multiprocessing.queues.Queue):
    """A queue whose readers and writers may die at any moment, also while they wait."""

    def __init__(self, maxsize: int = 0) -> None:
        super().__init__(maxsize, ctx=multiprocessing.get_context())
        self._rlock, self._wlock = KernelLock(), KernelLock()

    def qsize(self) -> int:
        """Give how many wait; where the system does not count them, whether any does."""
        try:
            return super().qsize()
        except NotImplementedError:
            return int(not self.empty())


def value(typecode: str, initial: float) -> Any:
    """Give a number in shared memory, like `multiprocessing.Value`."""
    return multiprocessing.Value(typecode, initial, lock=KernelLock())  # type: ignore[call-overload]

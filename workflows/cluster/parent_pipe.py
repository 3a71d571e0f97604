"""A lifeline: a pipe that is open for as long as a process lives, and whose end ends others.

Nothing is ever written to it. Its writing end dies with the process that made it, however that
dies, and then whoever reads at the other end leaves at once: so no orphan goes on working after a
`kill -9` of its parent.
"""

from __future__ import annotations

import multiprocessing
import os
import stat
import threading
from typing import Final

VARIABLE: Final = "SIGNOFF_LIFELINE"
"""Names the reading end in the environment of the processes that `manage.py up` starts."""

ORPHANED: Final = 70
"""Exit status of a process whose lifeline was cut."""

_watched: list[int] = []
_own: list[int] = []


def make() -> tuple[int, int]:
    """Give a new lifeline's reading end, for children to inherit, and its writing end, to keep."""
    reading, writing = os.pipe()
    os.set_inheritable(reading, True)
    return reading, writing


def hold() -> None:
    """Leave when the lifeline that this process was started with is cut; so do all its forks."""
    # Taken out of the environment: a process that a step starts inherits the text, not the pipe.
    number = os.environ.pop(VARIABLE, "")
    if number.isdecimal() and _is_pipe(int(number)):
        os.set_inheritable(int(number), False)
        _watch(int(number))


def tie_forks() -> None:
    """From now on, whatever this process forks leaves when this process dies; once per process."""
    if not _own:
        _own.extend(os.pipe())


def follow_parent() -> None:
    """Leave when the process dies that has started this one through multiprocessing."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=[parent], daemon=True, name="parent").start()


def _leave_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(ORPHANED)


def _watch(reading: int) -> None:
    _watched.append(reading)
    _start_watching(reading)


def _start_watching(reading: int) -> None:
    name = f"lifeline-{reading}"
    threading.Thread(target=_leave_at_end, args=[reading], daemon=True, name=name).start()


def _leave_at_end(reading: int) -> None:
    os.read(reading, 1)
    os._exit(ORPHANED)


def _hold_in_fork() -> None:
    """Threads do not survive a fork: watch again, and let go of the parent's writing end."""
    for reading in _watched:
        _start_watching(reading)
    if _own:
        reading, writing = _own
        _own.clear()
        os.close(writing)
        _watch(reading)


def _is_pipe(number: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(number).st_mode)
    except OSError:
        return False


os.register_at_fork(after_in_child=_hold_in_fork)

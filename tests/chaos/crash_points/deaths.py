"""Deaths at a chosen gap: before a statement, between two, around a commit, or after the last.

What one process leaves to others is what the database has. So a death after one statement is the
same as a death before the next, and the gaps between statements are all the deaths there are.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

from django.db import connection, connections

FAILED: Final = 70
"""Exit status of a child whose act raised an exception."""


class Gaps:
    """Counts the gaps that this process passes, where others can read it, and dies in one."""

    def __init__(self, deadly: int | None = None) -> None:
        self._deadly = deadly
        self._memory = mmap.mmap(-1, struct.calcsize("q"))

    @property
    def passed(self) -> int:
        """How many gaps have been passed, in whichever process."""
        return int(struct.unpack("q", self._memory[:])[0])

    def watch(self, act: Callable[[], object]) -> None:
        """Do the act; every statement and every commit of this thread has a gap before it."""
        connection.ensure_connection()
        database: Any = connection  # Its private method has no type.
        commit = database._commit

        def commit_after_gap() -> None:
            self._pass()
            commit()

        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(self._execute))
            database._commit = commit_after_gap
            stack.callback(delattr, database, "_commit")
            act()
            self._pass()

    def _execute(self, execute: Callable[..., Any], *call: Any) -> Any:
        self._pass()
        return execute(*call)

    def _pass(self) -> None:
        number = self.passed
        if number == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        self._memory[:] = struct.pack("q", number + 1)


def do_apart(act: Callable[[], object], gaps: Gaps) -> bool:
    """Do the act in a process of its own; tell whether that process died in the deadly gap."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        _do_and_exit(act, gaps)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    if status:
        raise AssertionError(f"The act ended with status {status} instead of dying or succeeding.")
    return False


def _do_and_exit(act: Callable[[], object], gaps: Gaps) -> None:
    # os._exit, as what this process has inherited (a database server, folders) is its parent's.
    try:
        gaps.watch(act)
    except BaseException:  # noqa: BLE001 - reported by the exit status and the traceback
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(FAILED)
    os._exit(0)

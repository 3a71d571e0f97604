"""Daemon threads for steps that are plain functions, each with database connections of its own."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import ctypes
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, Final

from django.db import close_old_connections, connections

from workflows.exceptions import StepStopped

ENDS_AFTER: Final = 60.0
"""Seconds without work after which a thread ends and closes its connections."""


class Call:
    """A function that runs in some thread, and that can be told to stop meanwhile."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self.future: Future[Any] = Future()
        self._function = function
        self._lock = threading.Lock()
        self._thread: int | None = None
        self._is_stopped = False

    def run(self) -> None:
        """Call the function in this thread, and tell whoever waits how it ended."""
        if not self.future.set_running_or_notify_cancel():
            return
        close_old_connections()
        try:
            self._run()
        except StepStopped as late:  # It came when the function had ended by itself.
            self._end()
            if not self.future.done():
                self.future.set_exception(late)
        if self._is_stopped:
            connections.close_all()

    def stop(self) -> None:
        """Raise StepStopped in the function, at the next step of the interpreter in it."""
        with self._lock:
            if self._thread is not None and not self._is_stopped:
                self._is_stopped = True
                _raise_in(self._thread, StepStopped)

    def _run(self) -> None:
        try:
            self._thread = threading.get_ident()
            answer = self._function()
        except BaseException as error:  # noqa: BLE001 - the caller is told, and decides
            self._end()
            self.future.set_exception(error)
        else:
            self._end()
            self.future.set_result(answer)

    def _end(self) -> None:
        """From here on nothing is raised in this thread any more."""
        with self._lock:
            if self._thread is not None:
                _raise_in(self._thread, None)
            self._thread = None


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Have the thread raise it; None takes back what it has not raised yet."""
    pending = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), pending)


class DaemonThreads:
    """As many threads as calls run at once; none of them keeps the process from ending.

    A call whose caller is cancelled (a time-out, a lost lease) is told to stop. Its caller waits
    for that: it takes as long as the call is in a function that is not written in Python.
    """

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._idle = threading.Semaphore(0)

    async def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call the function in a thread, in the caller's context, and await its answer."""
        context = contextvars.copy_context()
        call = self._begin(partial(context.run, function, *arguments))
        answer = asyncio.wrap_future(call.future)
        try:
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            call.stop()
            await _end_of(answer)
            raise

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Call the function in an idle thread, or else in a new one."""
        return self._begin(partial(function, *arguments)).future

    def _begin(self, function: Callable[[], Any]) -> Call:
        call = Call(function)
        self._calls.put(call)
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._serve, daemon=True, name="step").start()
        return call

    def stop(self) -> None:
        """End the threads that are idle; those that are not end with the process."""
        while self._idle.acquire(blocking=False):
            self._calls.put(None)

    def _serve(self) -> None:
        while (call := self._next()) is not None:
            call.run()
            self._idle.release()
        connections.close_all()

    def _next(self) -> Call | None:
        """Wait for a call; None when this thread is to end."""
        while True:
            try:
                return self._calls.get(timeout=ENDS_AFTER)
            except queue.Empty:
                # Whoever has taken this thread's place among the idle ones has put a call.
                if self._idle.acquire(blocking=False):
                    return None


async def _end_of(answer: asyncio.Future[Any]) -> None:
    """Wait for the end of a call, and for nothing else; how it ended is nobody's concern."""
    while not answer.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait([answer])
    if not answer.cancelled():
        answer.exception()

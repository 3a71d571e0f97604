"""Daemon threads for steps that are plain functions, each with database connections of its own."""

from __future__ import annotations

import asyncio
import contextvars
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final

from django.db import close_old_connections, connections

ENDS_AFTER: Final = 60.0
"""Seconds without work after which a thread ends and closes its connections."""

_Call = tuple[Callable[[], Any], "Future[Any]"]


class DaemonThreads:
    """As many threads as calls run at once; none of them keeps the process from ending.

    A call whose caller has given up (a time-out, a lost lease) cannot be stopped: its thread
    finishes it, its result is dropped, and other calls get other threads meanwhile.
    """

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        self._idle = threading.Semaphore(0)

    async def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call the function in a thread, in the caller's context, and await its answer."""
        context = contextvars.copy_context()
        return await asyncio.wrap_future(self.submit(context.run, function, *arguments))

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Call the function in an idle thread, or else in a new one."""
        future: Future[Any] = Future()
        self._calls.put((lambda: function(*arguments), future))
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._serve, daemon=True, name="step").start()
        return future

    def stop(self) -> None:
        """End the threads that are idle; those that are not end with the process."""
        while self._idle.acquire(blocking=False):
            self._calls.put(None)

    def _serve(self) -> None:
        while (call := self._next()) is not None:
            _answer(*call)
            self._idle.release()
        connections.close_all()

    def _next(self) -> _Call | None:
        """Wait for a call; None when this thread is to end."""
        while True:
            try:
                return self._calls.get(timeout=ENDS_AFTER)
            except queue.Empty:
                # Whoever has taken this thread's place among the idle ones has put a call.
                if self._idle.acquire(blocking=False):
                    return None


def _answer(call: Callable[[], Any], future: Future[Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    close_old_connections()
    try:
        answer = call()
    except BaseException as error:  # noqa: BLE001 - the caller is told, and decides
        future.set_exception(error)
    else:
        future.set_result(answer)

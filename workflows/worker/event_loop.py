"""The one event loop of a worker process, which runs in a thread of its own until the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connections

T = TypeVar("T")


class LoopThread:
    """A persistent loop: starting one for each step would cost more than most steps do."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True, name="steps")
        self._thread.start()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run the coroutine; cancelling the future cancels it where it waits."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def call(self, function: Callable[..., None], *arguments: Any) -> None:
        """Call the function on the loop's thread, soon."""
        self._loop.call_soon_threadsafe(function, *arguments)

    def current_task(self) -> asyncio.Task[Any] | None:
        """Give the task that runs on the loop at this moment."""
        return asyncio.current_task(self._loop)

    def stop(self) -> None:
        """Cancel what still runs and end the loop, unless something in it resists."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=1)

    def drop_stale_connections(self) -> None:
        """Have those of Django's async interface, which share one thread, checked before use."""
        self.submit(sync_to_async(close_old_connections)())

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.run_until_complete(sync_to_async(connections.close_all)())
        self._loop.close()

"""The one event loop of a worker process, which runs in a thread of its own until the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections

T = TypeVar("T")


class LoopThread:
    """A persistent loop: starting one for each step would cost more than most steps do."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, daemon=True, name="steps").start()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run the coroutine; cancelling the future cancels it where it waits."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def drop_stale_connections(self) -> None:
        """Have those of Django's async interface, which share one thread, checked before use."""
        self.submit(sync_to_async(close_old_connections)())

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

"""A server that is slow in both directions, or broken for a while, as people meet it on the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import HttpResponse

from tasks_ui.middleware import PrivatePages


class SlowServer:
    """Delays every page and save, there and back; while it is `broken` it answers with that status.

    Attributes:
        delay: how many seconds a request and its answer take together.
        broken: the status of every answer; 0 while all is well.
        posts: the paths of what was sent and has arrived.
    """

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.broken = 0
        self.posts: list[str] = []
        self._changed = threading.Condition()
        self._under_way = 0

    def answer(self, request: Any, proceed: Callable[[Any], Any]) -> Any:
        """Answer in the place of the middleware."""
        with self._changed:
            self._under_way += 1
        try:
            time.sleep(self.delay / 2)
            broken = self.broken
            if request.method == "POST":
                self._note(request.path)
            found = HttpResponse("Broken", status=broken) if broken else proceed(request)
            time.sleep(self.delay / 2)
            return found
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def wait_for(self, path: str) -> None:
        """Wait until something has been sent to this address, and is answered."""
        with self._changed:
            assert self._changed.wait_for(lambda: path in self.posts, timeout=60)
        self.rest()

    def _note(self, path: str) -> None:
        with self._changed:
            self.posts.append(path)
            self._changed.notify_all()

    def rest(self) -> None:
        """Wait until nothing is under way any more."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._under_way, timeout=60)


@contextmanager
def slow_server(monkeypatch: pytest.MonkeyPatch, delay: float) -> Iterator[SlowServer]:
    """Make the server of the tests slow, and wait in the end for what is still under way."""
    server, proceed = SlowServer(delay), PrivatePages.__call__
    monkeypatch.setattr(
        PrivatePages,
        "__call__",
        lambda own, request: server.answer(request, lambda given: proceed(own, given)),
    )
    yield server
    server.rest()

"""Runs what a browser test prepares in another thread: Playwright's event loop is in its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connections

Result = TypeVar("Result")


def elsewhere(act: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Give what `act` gives, run in a thread and on database connections of its own."""

    def run() -> Result:
        try:
            return act(*args, **kwargs)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(run).result()

"""Switches: files that tell the processes of a site what their SQLite database is to be like."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

FOLDER: Final = "DATABASE_SWITCHES"
"""Names the folder of the switches in the environment of the processes."""

FULL, READ_ONLY = "full", "read-only"
UNLIMITED: Final = 4294967294


@contextmanager
def switched_on(folder: Path, switch: str) -> Iterator[None]:
    """Switch it on for every process that looks into the folder."""
    (folder / switch).touch()
    try:
        yield
    finally:
        (folder / switch).unlink()


def obey() -> None:
    """Have every connection of this process, and of its forks, look at the switches."""
    if FOLDER in os.environ:
        connection_created.connect(_obey, dispatch_uid="switches")


def _obey(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "sqlite":
        connection.execute_wrappers[:] = [Switches(connection, Path(os.environ[FOLDER]))]


class Switches:
    """Looks at the switches before each statement of one connection."""

    def __init__(self, connection: BaseDatabaseWrapper, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._on: frozenset[str] = frozenset()

    def __call__(self, execute: Callable[..., Any], *call: Any) -> Any:
        on = frozenset(name for name in (FULL, READ_ONLY) if (self._folder / name).exists())
        if on != self._on:
            self._set(FULL, on, "max_page_count", on="1", off=str(UNLIMITED))
            self._set(READ_ONLY, on, "query_only", on="1", off="0")
            self._on = on
        return execute(*call)

    def _set(self, switch: str, now_on: frozenset[str], pragma: str, *, on: str, off: str) -> None:
        """Set a pragma of the connection; SQLite lowers a limit to what there is already."""
        if (switch in now_on) != (switch in self._on):
            value = on if switch in now_on else off
            self._connection.connection.execute(f"PRAGMA {pragma}={value}")

"""Takes turns at writing to an SQLite file, as SQLite's own waiting is coarse and unfair.

Who finds the file locked sleeps for up to a tenth of a second there, however short the lock was.
The workers of one file ask each other a few times a millisecond instead. It is a courtesy: who has
waited long enough, or cannot ask, goes on, and SQLite sees to the rest.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from django.db import connection

ASKS_EVERY: Final = 0.0003
"""Seconds between two questions whether it is free."""

PATIENCE: Final = 0.5
"""Seconds after which it goes on all the same: whoever has the turn may have been stopped."""

logger = logging.getLogger("workflows")


@contextmanager
def turn() -> Iterator[None]:
    """Have the turn while this lasts; nothing happens on other databases."""
    file = _open(os.getpid()) if connection.vendor == "sqlite" else None
    if file is None:
        yield
        return
    has_it = _await(file)
    try:
        yield
    finally:
        if has_it:
            fcntl.flock(file, fcntl.LOCK_UN)


@cache
def _open(pid: int) -> int | None:
    """Open the file for this process: what was open before a fork is shared, with its lock."""
    path = Path(str(connection.settings_dict["NAME"]))
    if not path.is_file():
        return None
    try:
        return os.open(f"{path}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    except OSError as error:
        logger.info("Workers do not take turns: %s", error)
        return None


def _await(file: int) -> bool:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(ASKS_EVERY)
        else:
            return True

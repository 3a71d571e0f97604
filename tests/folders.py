"""Folders for one test run, which vanish with it, or else at the start of the next one."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

MARK: Final = "in-use"


def make_folder(prefix: str, place: Path) -> Path:
    """Make a folder that is deleted when this process ends.

    A process that is killed, or ends without a word as mypy does, leaves its folder behind. So each
    holds a lock in its own, and folders whose lock is free are deleted first.
    """
    for left in place.glob(f"{prefix}*/{MARK}"):
        if hold(left):
            shutil.rmtree(left.parent, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    hold(folder / MARK)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def hold(mark: Path) -> bool:
    """Lock a file until this process ends; say no where another process holds or owns it."""
    try:
        file = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return False
    try:
        # Left open on purpose: the lock goes with the process.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return False
    return True

"""Describes the machine, its load and the versions that figures come from."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import psutil

from tests import postgres

PACKAGES: Final = ("Django", "django-q2", "psycopg", "dbos")


def described() -> str:
    """Give date, name, processor, memory, system and load in one line, the versions in another."""
    memory = psutil.virtual_memory().total / 2**30
    date, system = datetime.now(UTC), f"{platform.system()} {platform.release()}"
    here = f"{platform.node()}: {os.cpu_count()} × {processor()}, {memory:.0f} GiB, {system}"
    return f"{date:%Y-%m-%d %H:%M} UTC on {here}; load {load()}.\n{', '.join(versions())}."


def load() -> str:
    """Give how many processes wanted a processor, in the last 1, 5 and 15 minutes."""
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def processor() -> str:
    """Give what the processor calls itself, where that can be read."""
    facts = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", facts.read_text()) if facts.exists() else None
    return found[1] if found else platform.machine()


def versions() -> list[str]:
    """Give the versions of what is measured and compared with."""
    found = [
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        postgres.version(),
    ]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return found

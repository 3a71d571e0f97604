"""Faults of SQLite: locked by somebody else, full, or only to be read."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tests.chaos.database_faults import switches
from tests.chaos.faults import Arena, Fault

SETTINGS = "tests.chaos.database_faults.site"


class OfSQLite(Fault):
    """Strikes only there, at a site with settings that let it."""

    interrupts_all = True

    def applies_to(self, arena: Arena) -> bool:
        return arena.vendor == "sqlite"

    def prepare(self, arena: Arena) -> None:
        if self.applies_to(arena):
            arena.environment["DJANGO_SETTINGS_MODULE"] = SETTINGS
            arena.environment[switches.FOLDER] = str(arena.folder)


class Locked(OfSQLite):
    """Another program writes for a while and lets nobody else."""

    name = "locked by another writer"

    def strike(self, arena: Arena) -> None:
        with locked(file_of(arena.database_url)):
            time.sleep(arena.rng.uniform(0.5, 6))


class Full(OfSQLite):
    """The disk is full for a while."""

    name = "disk full"

    def strike(self, arena: Arena) -> None:
        with switches.switched_on(arena.folder, switches.FULL):
            time.sleep(arena.rng.uniform(0.5, 4))


class ReadOnly(OfSQLite):
    """The file can only be read for a while."""

    name = "only to be read"

    def strike(self, arena: Arena) -> None:
        with switches.switched_on(arena.folder, switches.READ_ONLY):
            time.sleep(arena.rng.uniform(0.5, 4))


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the file's only write lock within the block."""
    writer = sqlite3.connect(file, isolation_level=None, timeout=60)
    try:
        writer.execute("BEGIN IMMEDIATE")
        yield
        writer.execute("ROLLBACK")
    finally:
        writer.close()


def file_of(address: str) -> Path:
    """Give the file that a DATABASE_URL of SQLite names."""
    return Path("/", unquote(address.removeprefix("sqlite:///")))

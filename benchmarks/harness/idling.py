"""Watches a cluster that has nothing to do: its statements, its CPU time and its memory."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import psutil
from django.db import connection

from benchmarks.harness.processes import spent
from benchmarks.harness.sites import Site

SETTLES_IN: Final = 6.0
"""Seconds after the last work in which nothing is left over of it."""

LOGGED: Final = re.compile(r"LOG:  (statement|execute [^:]*):")


@dataclass(frozen=True)
class Idle:
    """What a cluster does while it does nothing."""

    cpu: float
    """Share of one core."""

    server_cpu: float
    statements: float
    """A second, all processes of the cluster together."""

    memory: float
    """Bytes that its processes have for themselves alone."""


def watched(site: Site, running: psutil.Process, seconds: float) -> Idle:
    """Watch for so many seconds, in which this process leaves the database alone."""
    time.sleep(SETTLES_IN)
    count = _statements_of(site)
    before, asked, began = spent(site, [running]), count(), time.monotonic()
    time.sleep(seconds)
    costs, passed = spent(site, [running]) - before, time.monotonic() - began
    statements = count() - asked
    _log_statements(site, "none")
    return Idle(
        costs.workers / passed, costs.server / passed, statements / passed, _memory(running)
    )


def _statements_of(site: Site) -> Callable[[], int]:
    """Give a function that counts the statements so far: those in a log of one kind or another."""
    _log_statements(site, "all")
    if site.server_log is None:
        return lambda: len(site.statements.read_text().splitlines())
    log = site.server_log
    return lambda: len(LOGGED.findall(log.read_text()))


def _log_statements(site: Site, which: str) -> None:
    if site.server_log is not None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SYSTEM SET log_statement = '{which}'")
            cursor.execute("SELECT pg_reload_conf()")
        time.sleep(0.5)


def _memory(running: psutil.Process) -> float:
    family = (running, *running.children(recursive=True))
    return float(sum(process.memory_full_info().uss for process in family))

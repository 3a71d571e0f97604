"""A running cluster, and the CPU time that it and the database's server take."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import psutil

from benchmarks.harness.sites import ROOT, Site
from workflows.cluster import parent_pipe
from workflows.models import Worker

LOOKS_EVERY: Final = 0.1
"""Seconds between two looks at whether the work is done: seldom, as looking costs CPU time too."""

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Spent:
    """CPU seconds, user and system."""

    workers: float
    server: float

    def __sub__(self, earlier: Spent) -> Spent:
        return Spent(self.workers - earlier.workers, self.server - earlier.server)


@contextmanager
def cluster(site: Site, workers: int, **settings: str) -> Iterator[psutil.Process]:
    """Run a `qcluster` of that many worker processes; they have said hello when it is given."""
    # Not their number: rows of workers that were killed are forgotten some time.
    before = set(Worker.objects.values_list("pk", flat=True))
    reading, writing = parent_pipe.make()
    environment = site.environment(WORKERS=str(workers), **settings)
    log = site.folder / f"cluster-{next(_numbers)}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "qcluster"],
            cwd=ROOT,
            env={**environment, parent_pipe.VARIABLE: str(reading)},
            pass_fds=[reading],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        new = Worker.objects.exclude(pk__in=before)
        await_that(lambda: new.count() == workers, seconds=120)
        yield psutil.Process(process.pid)
        process.terminate()
        process.wait(60)
    finally:
        # Whatever still lives of it leaves now, as it would if this process were killed.
        os.close(reading)
        os.close(writing)
        process.wait(10)


def spent(site: Site, clusters: Sequence[psutil.Process] = ()) -> Spent:
    """Give what has been spent up to now."""
    return Spent(
        sum(cpu_seconds(cluster) for cluster in clusters),
        cpu_seconds(site.server) if site.server else 0.0,
    )


def cpu_seconds(root: psutil.Process) -> float:
    """Give the CPU time of a process and of all its descendants, ended ones included."""
    total = 0.0
    for process in (root, *root.children(recursive=True)):
        try:
            total += sum(process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue
    return total


def await_that(is_so: Callable[[], bool], *, seconds: float = 600) -> None:
    """Look now and then until it is so."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("The cluster does not do its work.")
        time.sleep(LOOKS_EVERY)

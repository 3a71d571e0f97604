"""Measures the machine steps that a cluster of two workers runs a second, and the cost of each."""

from __future__ import annotations

import cProfile
import pstats
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import psutil
from django.db import connection
from django.db.models import Max, Min, Sum

from benchmarks import limit
from benchmarks.harness import instances
from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure, duration, rate
from benchmarks.harness.processes import Spent, await_that, cluster, spent
from benchmarks.harness.sites import Site
from benchmarks.workflows import STEPS
from workflows import wakeups
from workflows.models import Event, StepExecution, WorkflowInstance
from workflows.models.instances import InstanceQuerySet
from workflows.worker.runner import Runner

WARM_UP: Final = 50
"""Instances that run before anything is measured, as every process begins by importing."""


@dataclass(frozen=True)
class Round:
    """What all instances together took, in the engine or in the hand-written loop."""

    steps: int
    seconds: float
    spent: Spent
    stored: int = 0

    @property
    def rate(self) -> float:
        return self.steps / self.seconds


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Take turns with the hand-written loop, on the same database, and compare the medians."""
    count = asked.instances or (300 if asked.quick else 2000)
    template = instances.first("nothing")
    if asked.profile:
        return profile(template, count)
    engine_rounds, loop_rounds = [], []
    workers = asked.workers or 2
    with cluster(site, workers) as running:
        run(site, [running], template, WARM_UP)
        for _ in range(asked.rounds or (1 if asked.quick else 5)):
            engine_rounds.append(run(site, [running], template, count))
            loop_rounds.append(run_loop(site, count, workers))
    ratio = median(one.rate for one in engine_rounds) / median(one.rate for one in loop_rounds)
    stored = median(one.stored / one.steps for one in engine_rounds)
    return [
        *shown("engine", engine_rounds),
        Figure("engine: disk per step, with instance and history", f"{stored / 1000:.2f} kB"),
        *shown("hand-written loop", loop_rounds),
        Figure("engine : hand-written loop", f"{ratio:.2f}", "≥ 2"),
    ]


def shown(who: str, rounds: list[Round]) -> list[Figure]:
    """Say what the rounds have shown: medians."""
    workers = median(one.spent.workers / one.steps for one in rounds)
    server = median(one.spent.server / one.steps for one in rounds)
    return [
        Figure(f"{who}: steps", rate(median(one.rate for one in rounds))),
        Figure(f"{who}: CPU per step, workers", duration(workers)),
        Figure(f"{who}: CPU per step, server", duration(server)),
    ]


def run(
    site: Site, running: Sequence[psutil.Process], template: WorkflowInstance, count: int
) -> Round:
    """Let copies of the instance run to their ends; check that nothing was lost or doubled."""
    empty, before = stored_bytes(), spent(site, running)
    copies = instances.copy(template, count, status="'ready'")
    wakeups.wake()
    await_that(instances.work_is_done)
    after = spent(site, running)
    return Round(*finished(copies), after - before, stored_bytes() - empty)


def stored_bytes() -> int:
    """Give what the database takes on disk, without what it keeps for new rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        pragmas = ("page_count", "freelist_count", "page_size")
        pages, free, size = (cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas)
        return int((pages - free) * size)


def run_loop(site: Site, count: int, workers: int) -> Round:
    """Let the hand-written loop do the same."""
    before = spent(site)
    loop = limit.run(site.database, site.address, instances=count, steps=STEPS, workers=workers)
    return Round(loop.steps, loop.seconds, Spent(loop.cpu, (spent(site) - before).server))


def finished(copies: InstanceQuerySet) -> tuple[int, float]:
    """Give how many steps have run, once each, and in how many seconds."""
    count, steps = copies.count(), STEPS * copies.count()
    executions = StepExecution.objects.filter(instance__in=copies, status="succeeded")
    events = Event.objects.filter(instance__in=copies)
    assert copies.filter(status="completed").count() == count
    assert executions.count() == StepExecution.objects.filter(instance__in=copies).count() == steps
    assert events.filter(kind="step.succeeded").count() == steps
    assert events.count() == copies.aggregate(total=Sum("last_seq"))["total"]
    span = executions.aggregate(first=Min("started_at"), last=Max("finished_at"))
    return steps, (span["last"] - span["first"]).total_seconds()


def profile(template: WorkflowInstance, count: int) -> list[Figure]:
    """Run the instances in this process, then again under a profiler, which prints what it saw."""
    runner = Runner()
    runner.start()
    plain = drained(runner, template, count)
    profiler = cProfile.Profile()
    profiled = drained(runner, template, count, profiler.enable)
    profiler.disable()
    runner.stop()
    for order in ("tottime", "cumulative"):
        pstats.Stats(profiler).sort_stats(order).print_stats(50)
    return [
        Figure("CPU per step, one process", duration(plain)),
        Figure("CPU per step under the profiler", duration(profiled)),
    ]


def drained(
    runner: Runner,
    template: WorkflowInstance,
    count: int,
    begin: Callable[[], None] = lambda: None,
) -> float:
    """Run copies of the instance in this process; give the CPU seconds of each step."""
    copies = instances.copy(template, count, status="'ready'")
    began = time.process_time()
    begin()
    while not instances.work_is_done():
        runner.drain(lambda: False)
    seconds = time.process_time() - began
    steps, _ = finished(copies)
    return seconds / steps

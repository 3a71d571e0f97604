"""Measures whether steps cost more in an instance that has had thousands of them already."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from benchmarks.harness import instances
from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure, duration
from benchmarks.harness.meter import Meter, meter
from benchmarks.harness.sites import Site
from benchmarks.workflows import GROUPS
from workflows import engine
from workflows.models import WorkflowInstance
from workflows.worker.runner import Runner

PARTS: Final = 10
PARTS_OF_GROUP: Final = 4
"""Fewer, as many children end in one transaction."""


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Run a long loop and groups in a runner of this process, which alone knows its CPU time."""
    visits = asked.steps or (2000 if asked.quick else 10_000)
    few, many = GROUPS
    runner = Runner()
    runner.start()
    for workflow in ("loop", f"group_{few}"):
        drained(runner, site, workflow, few, few)
    looped = drained(runner, site, "loop", visits, visits // PARTS)
    small = drained(runner, site, f"group_{few}", few, few)
    large = drained(runner, site, f"group_{many}", many, many // PARTS_OF_GROUP)
    runner.stop()
    ratio = (large.whole().cpu / many) / (small.whole().cpu / few)
    return [
        *compared(f"{visits:,} visits", looped, visits // PARTS),
        *compared(f"group of {many:,}", large, many // PARTS_OF_GROUP),
        Figure(f"CPU per child, group of {many:,} : of {few}", f"{ratio:.2f}", "≤ 1.5"),
    ]


def drained(runner: Runner, site: Site, workflow: str, visits: int, every: int) -> Meter:
    """Run one instance to its end, with a reading at every so many visits and at the end."""
    meter.begin(every, site.server)
    instance: WorkflowInstance = engine.start_workflow(workflow, initial_data={"visits": visits})
    while not instances.work_is_done():
        runner.drain(lambda: False)
    meter.end()
    instance.refresh_from_db()
    assert instance.status == "completed"
    assert meter.counted == visits
    return replace(meter)


def compared(what: str, run: Meter, steps: int) -> list[Figure]:
    """Compare the second part, as the first begins with a start, with the last one."""
    parts = run.parts()
    begin, end = parts[1], parts[-1]
    return [
        Figure(f"{what}: CPU of each at the beginning", duration(begin.cpu / steps)),
        Figure(f"{what}: CPU of each at the end", duration(end.cpu / steps)),
        Figure(f"{what}: CPU, end : beginning", f"{end.cpu / begin.cpu:.2f}", "≤ 1.5"),
        Figure(f"{what}: time, end : beginning", f"{end.passed / begin.passed:.2f}", "≤ 1.5"),
    ]

"""Measures whether steps cost more in an instance that has had thousands of them already."""

from __future__ import annotations

from benchmarks import instances
from benchmarks.asked import Asked
from benchmarks.figures import Figure, duration
from benchmarks.meter import Reading, meter
from benchmarks.sites import Site
from benchmarks.workflows import GROUPS
from workflows import engine
from workflows.models import WorkflowInstance
from workflows.worker.runner import Runner

PARTS = 10


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Run a long loop and groups in a runner of this process, which alone knows its CPU time."""
    visits = asked.steps or (2000 if asked.quick else 10_000)
    runner = Runner()
    runner.start()
    drained(runner, site, "loop", 200, 100)
    parts = drained(runner, site, "loop", visits, visits // PARTS)
    figures = compared(f"{visits:,} visits", parts, visits // PARTS)
    per_child = {}
    for size in GROUPS:
        parts = drained(runner, site, f"group_{size}", size, size // PARTS)
        per_child[size] = total(parts).cpu / size
        figures += compared(f"group of {size:,}", parts, size // PARTS)
    runner.stop()
    few, many = (per_child[size] for size in GROUPS)
    what = f"CPU per child, group of {GROUPS[1]:,} : of {GROUPS[0]}"
    return [*figures, Figure(what, f"{many / few:.2f}", "≤ 1.5")]


def drained(runner: Runner, site: Site, workflow: str, visits: int, every: int) -> list[Reading]:
    """Run one instance to its end; give the cost of each part of it."""
    meter.begin(every, site.server)
    instance: WorkflowInstance = engine.start_workflow(workflow, initial_data={"visits": visits})
    while not instances.work_is_done():
        runner.drain(lambda: False)
    instance.refresh_from_db()
    assert instance.status == "completed"
    assert meter.counted == visits
    return meter.parts()


def compared(what: str, parts: list[Reading], steps: int) -> list[Figure]:
    """Compare the second part, as the first warms up, with the last one."""
    begin, end = parts[1], parts[-1]
    return [
        Figure(f"{what}: CPU per visit at the beginning", duration(begin.cpu / steps)),
        Figure(f"{what}: CPU per visit at the end", duration(end.cpu / steps)),
        Figure(f"{what}: CPU, end : beginning", f"{end.cpu / begin.cpu:.2f}", "≤ 1.5"),
        Figure(f"{what}: time, end : beginning", f"{end.passed / begin.passed:.2f}", "≤ 1.5"),
    ]


def total(parts: list[Reading]) -> Reading:
    """Give the cost of the whole."""
    return Reading(sum(part.passed for part in parts), sum(part.cpu for part in parts))

"""Measures steps that take 5 ms: what the engine adds to each, and which of them overlap."""

from __future__ import annotations

from statistics import median

import psutil

from benchmarks.harness import instances
from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure, duration, rate
from benchmarks.harness.processes import cluster
from benchmarks.harness.sites import Site
from benchmarks.machine_steps import Round, run
from benchmarks.workflows import WORK
from workflows.models import WorkflowInstance

KINDS = {"wait": "async, waiting", "block": "sync, waiting", "compute": "sync, computing"}


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Run chains of each kind in one worker process: many at a time, then one alone."""
    count = asked.instances or (20 if asked.quick else 100)
    with cluster(site, asked.workers or 1) as running:
        return [
            figure
            for name, kind in KINDS.items()
            for figure in _measured(site, running, instances.first(name), kind, count)
        ]


def _measured(
    site: Site, running: psutil.Process, template: WorkflowInstance, kind: str, count: int
) -> list[Figure]:
    run(site, [running], template, 5)
    many = run(site, [running], template, count)
    alone = [run(site, [running], template, 1) for _ in range(5)]
    seconds = median(one.seconds / one.steps for one in alone)
    goal = "> 1" if template.workflow != "compute" else ""
    return [
        Figure(f"{kind}: steps of one worker", rate(many.rate)),
        Figure(f"{kind}: of them at a time", f"{many.rate * WORK:.1f}", goal),
        Figure(f"{kind}: CPU added to a step", duration(_added(many, template.workflow))),
        Figure(f"{kind}: time added, alone", duration(seconds - WORK)),
    ]


def _added(many: Round, workflow: str) -> float:
    """Give the CPU time of a step without its own."""
    spent = (many.spent.workers + many.spent.server) / many.steps
    return spent - WORK if workflow == "compute" else spent

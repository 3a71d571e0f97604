"""Measures what more workers and a second cluster add, and whose CPU time is the limit then."""

from __future__ import annotations

import os
from contextlib import ExitStack

from benchmarks import instances
from benchmarks.asked import Asked
from benchmarks.figures import Figure, rate
from benchmarks.machine_steps import WARM_UP, run
from benchmarks.processes import cluster
from benchmarks.sites import Site

SIZES = ((1, 1), (1, 2), (1, 4), (2, 1), (2, 2))
"""Clusters, and the worker processes of each."""


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Run the same work with ever more processes."""
    count = asked.instances or (300 if asked.quick else 2000)
    template = instances.first("nothing")
    figures = []
    for clusters, workers in SIZES:
        with ExitStack() as stack:
            running = [stack.enter_context(cluster(site, workers)) for _ in range(clusters)]
            run(site, running, template, WARM_UP)
            done = run(site, running, template, count)
        cores = [cpu / done.seconds for cpu in (done.spent.workers, done.spent.server)]
        figures.append(
            Figure(
                f"{clusters} cluster{'s' * (clusters > 1)} of {workers}",
                f"{rate(done.rate)}; {cores[0]:.2f} cores in workers, {cores[1]:.2f} in the server "
                f"of {os.cpu_count()}",
            )
        )
    return figures

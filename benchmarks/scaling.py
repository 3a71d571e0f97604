"""Measures what more workers and a second cluster add, and whose CPU time is the limit then."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Final

from benchmarks.harness import instances
from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure, rate
from benchmarks.harness.processes import cluster
from benchmarks.harness.sites import Site
from benchmarks.machine_steps import WARM_UP, run
from workflows.models import WorkflowInstance

SIZES: Final = ((1, 1), (1, 2), (1, 4), (2, 1), (2, 2))
"""Clusters, and the worker processes of each."""

GROWS: Final = 1.05
"""How many times as fast as a smaller size a larger one is, at least, if it is worth having."""

BUSY: Final = 0.85
"""Share of all processors from which on they are what is missing."""


@dataclass(frozen=True)
class Size:
    """What so many processes have come to: medians of a few runs."""

    clusters: int
    workers: int
    rate: float
    in_workers: float
    """Cores that the clusters' processes used."""

    in_server: float

    @property
    def name(self) -> str:
        return f"{self.clusters} cluster{'s' * (self.clusters > 1)} of {self.workers}"

    @property
    def cores(self) -> float:
        return self.in_workers + self.in_server


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Run the same work with ever more processes."""
    template = instances.first("nothing")
    sizes = [size_of(asked, site, template, *size) for size in SIZES]
    smallest = sizes[0]
    return [
        *(
            Figure(
                size.name,
                f"{rate(size.rate)}, {size.rate / smallest.rate:.1f} times the first; "
                f"{size.in_workers:.1f} cores in workers, {size.in_server:.1f} in the server",
            )
            for size in sizes
        ),
        Figure("stops growing at", conclusion(sizes, os.cpu_count() or 1)),
    ]


def size_of(
    asked: Asked, site: Site, template: WorkflowInstance, clusters: int, workers: int
) -> Size:
    """Run the work a few times with so many processes."""
    count = asked.instances or (300 if asked.quick else 1000)
    with ExitStack() as stack:
        running = [stack.enter_context(cluster(site, workers)) for _ in range(clusters)]
        run(site, running, template, WARM_UP * clusters * workers)
        rounds = [
            run(site, running, template, count)
            for _ in range(asked.rounds or (1 if asked.quick else 3))
        ]
    return Size(
        clusters,
        workers,
        median(one.rate for one in rounds),
        median(one.spent.workers / one.seconds for one in rounds),
        median(one.spent.server / one.seconds for one in rounds),
    )


def conclusion(sizes: list[Size], processors: int) -> str:
    """Say which size is the smallest that no other one beats clearly, and why that is so."""
    best = max(size.rate for size in sizes)
    enough = next(size for size in sizes if size.rate * GROWS >= best)
    busy = f"{enough.cores:.1f} of {processors} cores are busy"
    if enough.cores >= BUSY * processors:
        return f"{enough.name}: {busy}, which is all there is"
    return f"{enough.name}: {busy}; the rest is waiting for commits and for each other"

"""Measures what a cluster of two workers costs while it has nothing to do."""

from __future__ import annotations

from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure, megabytes, percent
from benchmarks.harness.idling import watched
from benchmarks.harness.processes import cluster
from benchmarks.harness.sites import Site


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Watch it for a minute."""
    with cluster(site, asked.workers or 2, STATEMENTS=str(site.statements)) as running:
        idle = watched(site, running, 15 if asked.quick else 60)
    return [
        Figure("CPU of the cluster, of one core", percent(idle.cpu), "< 1 %"),
        Figure("CPU of the server, of one core", percent(idle.server_cpu)),
        Figure("statements", f"{idle.statements:.2f}/s", "< 1/s"),
        Figure("memory of the cluster's processes", megabytes(idle.memory)),
    ]

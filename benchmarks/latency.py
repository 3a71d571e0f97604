"""Measures the time from the commit that makes a step ready to its first line in a worker."""

from __future__ import annotations

import random
import time
from uuid import UUID

from django.db import transaction

from benchmarks.harness import instances
from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure, duration, quantile
from benchmarks.harness.processes import await_that, cluster
from benchmarks.harness.sites import Site
from workflows import engine
from workflows.models import StepExecution, WorkflowInstance


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Start instances now and then, as people do, and see when their first step begins."""
    count = asked.instances or (60 if asked.quick else 300)
    with cluster(site, asked.workers or 2):
        for _ in range(5):
            start()
        await_that(instances.work_is_done)
        committed = dict(start() for _ in range(count))
        await_that(instances.work_is_done)
    began = instances.stamps(StepExecution.objects.filter(instance__in=list(committed)))
    waited = [at - committed[instance] for instance, at in began.items()]
    assert len(waited) == count
    return [
        Figure("from commit to start, p50", duration(quantile(waited, 0.5)), "< 10 ms"),
        Figure("from commit to start, p99", duration(quantile(waited, 0.99)), "< 50 ms"),
    ]


def start() -> tuple[UUID, float]:
    """Start an instance after a while; give it, and the moment of its commit."""
    time.sleep(random.uniform(0.05, 0.15))  # noqa: S311 - nothing is to be kept secret
    moments: list[float] = []
    with transaction.atomic():
        # Before what wakes the workers, which is called after the commit, too.
        transaction.on_commit(lambda: moments.append(time.time()))
        instance: WorkflowInstance = engine.start_workflow("stamp")
    return instance.pk, moments[0]

"""What every fault of a database must leave alone: work that runs, sleeps, or comes after it."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from pathlib import Path

from django.db import connections

from tests.durability.journeys import (
    assert_nothing_happened_twice,
    begin,
    notes,
    wait_until_completed,
)
from tests.durability.processes import Program, wait_for
from workflows.models import StepExecution, WorkflowInstance

LASTS = 3.0
"""Seconds: long enough for what was due meanwhile, and less than a lease."""


def ride_out(
    cluster: Program, folder: Path, fault: AbstractContextManager[object], *, lasts: float = LASTS
) -> None:
    """Let a step end and a timer fall due during the fault; all must be done once, and said."""
    gate = _begun("durable_gate", folder / "gate")
    waiting = _begun("durable_async_gate", folder / "waiting")
    sleeping = _begun("durable_pause", folder / "sleeping", seconds=2)
    wait_for(lambda: notes(folder / "gate") and notes(folder / "waiting"))
    wait_for(StepExecution.objects.filter(path="pause", status="scheduled").exists)

    with fault:
        for name in ("gate", "waiting"):
            (folder / name / "open").touch()
        time.sleep(lasts)
    # The tests' own line may have been cut, too.
    connections.close_all()
    late = _begun("durable_pause", folder / "late", seconds=0)

    for instance in (gate, waiting, sleeping, late):
        wait_until_completed(instance)
        assert_nothing_happened_twice(instance)
    assert cluster.process.poll() is None
    assert "Traceback" not in cluster.said, cluster.said


def told(cluster: Program) -> int:
    """Give how often the cluster has said that its database cannot be used."""
    return cluster.said.count("The database cannot be used; trying again until it can: ")


def _begun(workflow: str, folder: Path, **data: object) -> WorkflowInstance:
    folder.mkdir()
    return begin(workflow, folder, **data)

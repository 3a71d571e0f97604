"""Two clusters on one database: they share the work, and one does what the other leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from tests.durability.conftest import StartProgram
from tests.durability.journeys import (
    assert_nothing_happened_twice,
    begin,
    notes,
    wait_until_completed,
)
from tests.durability.processes import Program, wait_for
from tests.durability.site import WORKFLOWS_LEASE
from workflows.models import StepExecution, Worker

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    # An SQLite file has one host.
    pytest.mark.only_on("postgresql"),
]

INSTANCES = 40
"""As many as four worker processes run at the same time."""


def pids(cluster: Program) -> set[int]:
    return {process.pid for process in cluster.family()}


def lost_with(dead: set[int]) -> list[StepExecution]:
    """Give what was leased to workers in these processes."""
    workers = list(Worker.objects.filter(pid__in=dead).values_list("pk", flat=True))
    return list(StepExecution.objects.filter(status="running", lease_owner__in=workers))


def test_what_a_killed_cluster_ran_is_done_by_the_other_once_the_leases_are_over(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    first, second = start_cluster(), start_cluster()
    dead, living = pids(first), pids(second)
    instances = [begin("durable_async_gate", tmp_path) for _ in range(INSTANCES)]
    wait_for(lambda: len(notes(tmp_path)) == INSTANCES)
    shares = [sum(pid in family for _, pid, _ in notes(tmp_path)) for family in (dead, living)]
    assert min(shares) > 0, "One cluster does all the work."

    first.kill()
    killed_at = timezone.now()
    lost = lost_with(dead)
    (tmp_path / "open").touch()
    for instance in instances:
        wait_until_completed(instance)
        assert_nothing_happened_twice(instance)

    assert len(lost) == shares[0]
    leases = [row.lease_until for row in lost if row.lease_until]
    assert max(leases) <= killed_at + WORKFLOWS_LEASE
    again = [note for note in notes(tmp_path)[INSTANCES:] if note[0] == "gate"]
    assert len(again) == len(lost)
    assert {pid for _, pid, _ in again} <= living
    assert min(at for *_, at in again) >= min(leases).timestamp()
    assert StepExecution.objects.filter(crashes=1).count() == len(lost)

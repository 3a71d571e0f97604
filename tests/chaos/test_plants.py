"""Who looks for broken invariants finds those that were broken on purpose."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction

from tests.chaos import plants
from tests.chaos.arena import Site
from tests.chaos.conftest import MakeSite
from tests.chaos.hosts import Host
from tests.chaos.invariants import results_under_an_old_fence, runs_without_a_reason
from tests.chaos.watching import Watch, contradictions
from tests.durability.journeys import wait_until_completed
from tests.durability.processes import wait_for
from workflows import engine, wakeups
from workflows.models import StepExecution

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FREEZES_FOR = 10.0
"""Seconds until somebody must have taken over; one that froze with the database locked goes on."""

PATIENCE = 2.0
"""Seconds of idleness that are found; a worker that is not woken looks after five."""


@pytest.fixture
def planted_site(make_site: MakeSite) -> Callable[[str], Site]:
    """Give a function that starts two workers with a plant."""

    def start(plant: str) -> Site:
        hosts = (Host(name, ["work"]) for name in ("one", "two"))
        site = make_site(*hosts, CHAOS_LEASE="2", **{plants.VARIABLE: plant})
        site.start()
        return site

    return start


@pytest.fixture
def waking_early() -> Iterator[None]:
    """Plant in this process that it wakes workers before it commits."""
    plants.wake_early()
    yield
    vars(wakeups)["transaction"] = transaction


def freeze_until(pid: int, so: Callable[[], bool]) -> None:
    """Stop the process until something is so."""
    while not so():
        os.kill(pid, signal.SIGSTOP)
        until = time.monotonic() + FREEZES_FOR
        while not so() and time.monotonic() < until:
            time.sleep(0.02)
        if not so():
            os.kill(pid, signal.SIGCONT)


def test_a_result_accepted_under_an_old_fence_is_found(
    planted_site: Callable[[str], Site], tmp_path: Path
) -> None:
    site = planted_site("skip_fence")
    engine.start_workflow("chaos_gate")
    first = wait_for(site.ledger.runs)[0]

    freeze_until(first.pid, lambda: len(site.ledger.runs()) > 1)
    (tmp_path / f"open-{first.pid}").touch()
    os.kill(first.pid, signal.SIGCONT)

    wait_for(lambda: StepExecution.objects.filter(path="gate", status="succeeded").exists())
    found = [one for one in results_under_an_old_fence() if "gate of " in one]
    assert found
    assert "has a result under the fence 1, and its fence is " in found[0]


def test_a_lease_that_is_not_renewed_is_found(planted_site: Callable[[str], Site]) -> None:
    site = planted_site("skip_renewal")
    engine.start_workflow("chaos_gate")

    wait_for(lambda: len(site.ledger.runs()) > 1)

    found = list(runs_without_a_reason(site.ledger.runs(), site.explains))
    assert found
    assert "under the fence 1, and again in" in found[0]
    assert found[0].endswith("with no interruption.")


def test_work_that_is_enqueued_outside_the_transaction_is_found(
    planted_site: Callable[[str], Site], tmp_path: Path
) -> None:
    planted_site("enqueue_late")
    instance = engine.start_workflow("chaos_gate")
    (tmp_path / "open").touch()

    found = wait_for(contradictions)

    assert found == [f"Instance {instance.pk} is running without an active step."]


def test_a_wake_up_before_the_commit_is_found(
    make_site: MakeSite, waking_early: None, tmp_path: Path
) -> None:
    site = make_site(Host("one", ["qcluster"]))
    site.start()
    (tmp_path / "open").touch()
    wait_until_completed(engine.start_workflow("chaos_gate"))
    watch = Watch(PATIENCE)
    watch.start()

    for _ in range(10):
        with transaction.atomic():
            instance = engine.start_workflow("chaos_gate")
            # For as long as the one who was woken takes to see that there is nothing yet.
            time.sleep(0.3)
        wait_until_completed(instance)
        if watch.found:
            break

    watch.stop()
    assert "is ready and due, and nobody does it." in watch.found[0]

"""Stopping a cluster: quickly, and without taking a step's work away from anybody."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.durability.conftest import StartProgram
from tests.durability.journeys import begin, notes, wait_until_completed
from tests.durability.processes import alive, kill, wait_for
from workflows.models import StepExecution, Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SECONDS = 20.0
"""Generous: an idle machine needs two, and the grace of steps that run is two more."""


def test_an_idle_cluster_stops_within_seconds_and_signs_off(start_cluster: StartProgram) -> None:
    cluster = start_cluster()
    family = cluster.family()

    cluster.tell(signal.SIGTERM)

    assert cluster.ends(seconds=SECONDS) == 0
    assert alive(family) == []
    assert not Worker.objects.exists()


def test_a_step_that_does_not_end_in_time_is_given_back_unharmed(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    cluster = start_cluster()
    instance = begin("durable_async_gate", tmp_path)
    wait_for(lambda: notes(tmp_path))

    cluster.tell(signal.SIGTERM)
    assert cluster.ends(seconds=SECONDS) == 0

    gate = StepExecution.objects.get(instance=instance, path="gate")
    assert (gate.status, gate.crashes, gate.lease_owner) == ("ready", 0, "")

    (tmp_path / "open").touch()
    start_cluster()
    wait_until_completed(instance)


def test_a_step_that_ends_in_time_is_recorded_before_the_cluster_stops(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    cluster = start_cluster()
    instance = begin("durable_gate", tmp_path)
    wait_for(lambda: notes(tmp_path))

    cluster.tell(signal.SIGTERM)
    (tmp_path / "open").touch()

    assert cluster.ends(seconds=SECONDS) == 0
    gate = StepExecution.objects.get(instance=instance, path="gate")
    assert gate.status == "succeeded"


def test_nothing_of_a_cluster_outlives_its_main_process(start_cluster: StartProgram) -> None:
    cluster = start_cluster()
    family = cluster.family()
    assert len(family) == 6  # main, sentinel, two workers, monitor, pusher

    kill(cluster.process.pid)

    wait_for(lambda: not alive(family), seconds=SECONDS, means="Orphans go on.")


def test_nothing_of_a_cluster_outlives_its_sentinel(start_cluster: StartProgram) -> None:
    cluster = start_cluster()
    _, sentinel, *others = cluster.family()

    kill(sentinel.pid)

    wait_for(lambda: not alive(others), seconds=SECONDS, means="Orphans go on.")


def test_a_worker_process_that_is_told_to_stop_gives_its_steps_back(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    start_cluster()
    instance = begin("durable_async_gate", tmp_path)
    ((_, pid, _),) = wait_for(lambda: notes(tmp_path))

    os.kill(pid, signal.SIGTERM)
    wait_for(lambda: len(notes(tmp_path)) == 2)
    (tmp_path / "open").touch()
    wait_until_completed(instance)

    gate = StepExecution.objects.get(instance=instance, path="gate")
    assert (gate.status, gate.crashes) == ("succeeded", 0)

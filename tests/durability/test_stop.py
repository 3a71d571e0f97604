"""Stopping a cluster: quickly, and without taking a step's work away from anybody."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.durability.conftest import StartProgram
from tests.durability.journeys import begin, notes, wait_until_completed
from tests.durability.processes import Program, alive, kill, wait_for
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


def to_main(cluster: Program, number: signal.Signals, times: int) -> None:
    for _ in range(times):
        cluster.tell(number)


def to_all(cluster: Program, number: signal.Signals, times: int) -> None:
    """Send it as Ctrl-C in a terminal does, or a supervisor that knows only the group."""
    for _ in range(times):
        os.killpg(cluster.process.pid, number)


@pytest.mark.parametrize(
    ("send", "number", "times"),
    [
        (to_main, signal.SIGTERM, 5),
        (to_all, signal.SIGTERM, 1),
        (to_all, signal.SIGINT, 3),
    ],
)
def test_however_it_is_told_to_stop_it_gives_back_whatever_takes_longer_than_the_grace(
    start_cluster: StartProgram,
    tmp_path: Path,
    send: Callable[[Program, signal.Signals, int], None],
    number: signal.Signals,
    times: int,
) -> None:
    cluster = start_cluster()
    folders = {name: tmp_path / name for name in ("durable_gate", "durable_async_gate")}
    for name, folder in folders.items():
        folder.mkdir()
        begin(name, folder)
        wait_for(partial(notes, folder))
    family = cluster.family()

    send(cluster, number, times)

    assert cluster.ends(seconds=SECONDS) == 0
    wait_for(lambda: not alive(family), seconds=SECONDS)
    gates = StepExecution.objects.filter(path="gate")
    assert set(gates.values_list("status", "crashes", "lease_owner")) == {("ready", 0, "")}
    assert "standstill" not in cluster.said
    assert "Traceback" not in cluster.said


def test_work_that_comes_during_a_stop_is_not_begun(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    cluster = start_cluster()
    gate = tmp_path / "gate"
    gate.mkdir()
    begin("durable_async_gate", gate)
    wait_for(lambda: notes(gate))

    cluster.tell(signal.SIGTERM)
    wait_for(lambda: len(cluster.family()) < 6, means="The pusher ends first.")
    late = tmp_path / "late"
    late.mkdir()
    for _ in range(3):
        begin("durable_pause", late, seconds=0)

    assert cluster.ends(seconds=SECONDS) == 0
    assert notes(late) == []
    assert set(StepExecution.objects.values_list("status", "crashes")) == {("ready", 0)}

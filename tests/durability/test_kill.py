"""`kill -9` at the worst moments: the work is done all the same, and recorded once."""

from __future__ import annotations

import signal
from pathlib import Path

import psutil
import pytest
from django_q.models import OrmQ
from django_q.tasks import async_task

from tests.durability.conftest import StartProgram
from tests.durability.journeys import (
    assert_nothing_happened_twice,
    begin,
    notes,
    wait_until_completed,
)
from tests.durability.processes import Program, kill, wait_for
from workflows import engine
from workflows.engine.work.webhook_tokens import Address, make_token
from workflows.models import StepExecution, Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("workflow", ["durable_gate", "durable_async_gate"])
def test_a_step_whose_worker_is_killed_runs_again(
    start_cluster: StartProgram, tmp_path: Path, workflow: str
) -> None:
    start_cluster()
    instance = begin(workflow, tmp_path)
    ((_, pid, _),) = wait_for(lambda: notes(tmp_path))

    kill(pid)
    (tmp_path / "open").touch()
    wait_until_completed(instance)

    first, second, after = notes(tmp_path)
    assert [first[0], second[0], after[0]] == ["gate", "gate", "after"]
    assert first[1] != second[1]
    assert_nothing_happened_twice(instance)
    assert StepExecution.objects.get(instance=instance, path="gate").crashes == 1


def test_a_step_runs_again_in_a_new_cluster_when_all_of_the_old_one_is_killed(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    old = start_cluster()
    instance = begin("durable_gate", tmp_path)
    wait_for(lambda: notes(tmp_path))

    old.kill()
    (tmp_path / "open").touch()
    start_cluster()
    wait_until_completed(instance)

    assert [name for name, _, _ in notes(tmp_path)] == ["gate", "gate", "after"]
    assert_nothing_happened_twice(instance)


def test_a_timer_outlives_the_workers(start_cluster: StartProgram, tmp_path: Path) -> None:
    old = start_cluster()
    instance = begin("durable_pause", tmp_path, seconds=2)
    wait_for(lambda: StepExecution.objects.filter(path="pause", status="scheduled").exists())

    old.kill()
    start_cluster()
    wait_until_completed(instance)

    (_, _, before), (_, _, after) = notes(tmp_path)
    assert after - before >= 2
    assert_nothing_happened_twice(instance)


def test_a_webhook_that_comes_while_no_worker_runs_is_not_lost(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    old = start_cluster()
    instance = begin("durable_call", tmp_path)
    wait_for(lambda: StepExecution.objects.filter(path="answer", status="waiting").exists())
    old.kill()

    token = make_token(Address(instance.pk, "answer", 1))
    for is_repeated in (False, True):
        receipt = engine.receive_webhook(token, {"paid": True}, delivery_id="1")
        assert receipt.repeated is is_repeated
    start_cluster()
    wait_until_completed(instance)

    instance.refresh_from_db()
    assert instance.data["paid"] is True
    assert_nothing_happened_twice(instance)


def free_workers(cluster: Program) -> list[psutil.Process]:
    """Give the worker processes of a cluster that idles, oldest first."""
    pids = list(Worker.objects.order_by("started_at").values_list("pid", flat=True))
    return [process for process in cluster.family() if process.pid in pids]


def helpers(cluster: Program) -> list[psutil.Process]:
    """Give the two processes of a cluster that are neither main, sentinel nor workers."""
    pids = set(Worker.objects.values_list("pid", flat=True))
    _, _, *rest = cluster.family()
    return [process for process in rest if process.pid not in pids]


def assert_that_work_is_done(folder: Path) -> None:
    instance = begin("durable_pause", folder, seconds=0)
    wait_until_completed(instance)
    assert_nothing_happened_twice(instance)


@pytest.mark.parametrize("which", [slice(0, 1), slice(0, 2)])
def test_free_workers_may_be_killed_whichever_waits_for_the_next_job(
    start_cluster: StartProgram, tmp_path: Path, which: slice
) -> None:
    cluster = start_cluster()
    workers = free_workers(cluster)
    assert len(workers) == 2

    for worker in workers[which]:
        kill(worker.pid)
    assert_that_work_is_done(tmp_path)

    cluster.tell(signal.SIGTERM)
    assert cluster.ends() == 0, "What was killed keeps the cluster from stopping."
    assert "standstill" not in cluster.said


def test_the_monitor_and_the_pusher_may_be_killed_and_jobs_are_done_once(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    cluster = start_cluster()
    known = cluster.family()
    lost = helpers(cluster)
    assert len(lost) == 2

    for helper in lost:
        kill(helper.pid)
    wait_for(lambda: len(set(helpers(cluster)) - set(known)) == 2)
    assert_that_work_is_done(tmp_path)
    async_task("tests.durability.scenarios.notes.note", {"folder": str(tmp_path)}, "job")

    wait_for(lambda: not OrmQ.objects.exists(), means="Nobody acknowledges the job.")
    assert [name for name, _, _ in notes(tmp_path)].count("job") == 1
    cluster.tell(signal.SIGTERM)
    assert cluster.ends() == 0
    assert "standstill" not in cluster.said

"""`kill -9` at the worst moments: the work is done all the same, and recorded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.durability.conftest import StartProgram
from tests.durability.journeys import (
    assert_nothing_happened_twice,
    begin,
    notes,
    wait_until_completed,
)
from tests.durability.processes import kill, wait_for
from workflows import engine
from workflows.engine.tokens import Address, make_token
from workflows.models import StepExecution

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

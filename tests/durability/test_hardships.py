"""Steps that are bad neighbours, in real processes: they are stopped, and nobody else pays."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from tests.durability.conftest import StartProgram
from tests.durability.journeys import begin, notes, wait_until_completed
from tests.durability.processes import kill, wait_for
from tests.durability.scenarios.hardships import ENDLESS
from workflows.engine.run.perform import MAX_CRASHES
from workflows.models import Event, Permit, StepExecution, WorkflowInstance

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def fresh(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def wait_until_failed(instance: WorkflowInstance) -> StepExecution:
    wait_for(lambda: WorkflowInstance.objects.filter(pk=instance.pk, status="failed").exists())
    return StepExecution.objects.get(instance=instance)


def test_a_step_that_kills_its_worker_each_time_fails_and_its_neighbours_do_not_pay(
    start_program: StartProgram, free_port: str, tmp_path: Path
) -> None:
    """With the whole of `manage.py up`, which goes on all the while."""
    neighbours = [begin("durable_async_gate", fresh(tmp_path, f"gate-{n}")) for n in range(3)]
    poison = {way: fresh(tmp_path, way) for way in ("exit", "kill")}
    begun = {way: begin("poison", folder, way=way) for way, folder in poison.items()}
    site = start_program("up", PORT=free_port, HOST="127.0.0.1")
    wait_for(StepExecution.objects.filter(crashes__gt=0).exists)
    for number in range(len(neighbours)):
        (tmp_path / f"gate-{number}" / "open").touch()

    for way, instance in begun.items():
        execution = wait_until_failed(instance)
        assert (execution.crashes, execution.attempt) == (MAX_CRASHES, 1)
        assert "The worker was lost 3 times" in execution.error
        # The first time the other one may have been quicker, in the same process.
        assert MAX_CRASHES - 1 <= len(notes(poison[way])) <= MAX_CRASHES
    for instance in neighbours:
        wait_until_completed(instance)
        # Once it was in the same worker by chance, and once more with the other poison.
        gate = StepExecution.objects.get(instance=instance, path="gate")
        assert gate.crashes <= len(poison)
    assert site.process.poll() is None
    assert "by itself" not in site.said


def test_endless_steps_are_stopped_tried_again_and_fail_and_a_patient_one_does_not_pay(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    patient = fresh(tmp_path, "patient")
    gate = begin("durable_async_gate", patient)
    start_cluster()
    wait_for(lambda: notes(patient))

    begun = [begin(one.name, fresh(tmp_path, one.name)) for one in ENDLESS]

    for instance in begun:
        execution = wait_until_failed(instance)
        assert execution.error == "The step took longer than 0:00:00.500000."
        assert (execution.attempt, execution.crashes) == (2, 0)
    (patient / "open").touch()
    wait_until_completed(gate)
    assert StepExecution.objects.get(instance=gate, path="gate").crashes == 0


def most_at_once(folder: Path) -> int:
    """Give how many ran at the same time, by their own account; what was killed has ended then."""
    running: dict[str, int] = {}
    most = 0
    for text, pid, _ in notes(folder):
        what, _, who = text.partition(":")
        if what == "killed":
            running = {one: where for one, where in running.items() if where != pid}
        elif what == "begin":
            running[who] = pid
        else:
            running.pop(who, None)
        most = max(most, len(running))
    return most


def test_no_more_run_at_once_than_may_though_two_processes_do_and_one_is_killed(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    begun = [begin("scarce", tmp_path, seconds=0.2) for _ in range(12)]
    bystander = begin("durable_pause", fresh(tmp_path, "bystander"), seconds=0)
    start_cluster()
    wait_for(lambda: len(notes(tmp_path)) >= 5)

    wait_until_completed(bystander)
    victim = notes(tmp_path)[-1][1]
    kill(victim)
    with (tmp_path / "notes").open("a") as file:
        file.write(f"killed {victim} 0\n")

    for instance in begun:
        wait_until_completed(instance)
    begins = Counter(text for text, _, _ in notes(tmp_path) if text.startswith("begin"))
    assert len(begins) == len(begun)
    assert most_at_once(tmp_path) == 2
    assert len({pid for _, pid, _ in notes(tmp_path)}) >= 2
    wait_for(lambda: not Permit.objects.exists())


def test_the_next_attempt_comes_when_it_is_due_and_never_early(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    start_cluster()
    instance = begin("unlucky", tmp_path)
    wait_until_completed(instance)

    failures = Event.objects.filter(instance=instance, kind="step.attempt_failed").order_by("seq")
    due = [moment_of(event.data["again_at"]) for event in failures]
    _, *retries = [at for _, _, at in notes(tmp_path)]
    assert len(due) == len(retries) == 3
    assert all(at >= moment for at, moment in zip(retries, due, strict=True))
    waits = [moment - event.at.timestamp() for moment, event in zip(due, failures, strict=True)]
    for doubling, wait in zip((1, 2, 4), waits, strict=True):
        assert 0.1 * doubling <= wait <= 0.3 * doubling


def moment_of(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()

"""Other code is deployed while instances run: what nobody can run waits, and goes on later."""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path

import pytest

from tests.durability.conftest import StartProgram
from tests.durability.journeys import (
    assert_nothing_happened_twice,
    notes,
    wait_until_completed,
)
from tests.durability.processes import Program, wait_for
from workflows import engine
from workflows.engine.maintenance.reconcile import reconcile
from workflows.engine.store import clock
from workflows.engine.work.webhook_tokens import Address, make_token
from workflows.models import Incident, StepExecution, StoredDefinition, WorkflowInstance

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def begin(version: str, folder: Path) -> WorkflowInstance:
    data = {"folder": str(folder)}
    return engine.start_workflow("durable_version", initial_data=data, version=version)


def wait_for_call(instance: WorkflowInstance) -> None:
    listening = StepExecution.objects.filter(instance=instance, kind="webhook", status="waiting")
    wait_for(listening.exists)


def call(instance: WorkflowInstance, step: str) -> None:
    """Call as another system does."""
    engine.receive_webhook(make_token(Address(instance.pk, step, 1)), {"paid": True})


def stop(cluster: Program) -> None:
    cluster.tell(signal.SIGTERM)
    cluster.ends()


def test_a_version_without_its_code_waits_beside_the_new_one_and_goes_on_with_its_code(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    cluster = start_cluster(VERSIONS="1")
    old = begin("1", tmp_path)
    wait_for_call(old)
    stop(cluster)

    cluster = start_cluster(VERSIONS="2")
    new = begin("2", tmp_path)
    wait_for_call(new)
    call(old, "answer")
    # As if it were longer ago than the workers need to say what they have.
    StoredDefinition.objects.update(created_at=clock.now() - timedelta(hours=1))
    reconcile()
    call(new, "call")
    wait_until_completed(new)

    incident = Incident.objects.get(kind="blocked", resolved_at=None)
    assert incident.instance == old
    assert StepExecution.objects.get(instance=old, path="answer").status == "blocked"
    stop(cluster)

    start_cluster(VERSIONS="1 2")
    wait_until_completed(old)

    assert not Incident.objects.filter(resolved_at=None).exists()
    for instance in (old, new):
        assert_nothing_happened_twice(instance)
    names = [name for name, _, _ in notes(tmp_path)]
    assert sorted(names) == ["after", "after", "before", "before", "check"]


def test_what_waits_moves_to_the_version_whose_code_is_here(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    cluster = start_cluster(VERSIONS="1")
    instance = begin("1", tmp_path)
    wait_for_call(instance)
    stop(cluster)

    start_cluster(VERSIONS="2")
    given_away = make_token(Address(instance.pk, "answer", 1))
    (answer,) = engine.migrate_instances(
        "durable_version", "1", "2", mapping={"answer": "call"}, dry_run=False
    )
    assert answer.moved
    engine.receive_webhook(given_away, {"paid": True})
    wait_until_completed(instance)

    assert [name for name, _, _ in notes(tmp_path)] == ["before", "check", "after"]
    assert_nothing_happened_twice(instance)

"""Reconciling: what nobody can run is blocked and told, and goes on when somebody can."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.definitions import graph
from tests.workflows.engine.plans import whole_reads
from tests.workflows.engine.rows import (
    NOON,
    a_definition,
    a_scheduled,
    an_execution,
    an_instance,
)
from workflows import Edge, engine
from workflows.engine.maintenance.reconcile import STALE_AFTER, reconcile
from workflows.engine.store import clock
from workflows.models import Event, Incident, StepExecution, StoredDefinition, Worker
from workflows.testing import registered

pytestmark = pytest.mark.django_db


def a_worker(*code: StoredDefinition, heartbeat_at: datetime | None = None) -> Worker:
    return Worker.objects.create(
        pk=f"worker-{Worker.objects.count()}",
        host="here",
        pid=1,
        started_at=NOON,
        heartbeat_at=heartbeat_at or clock.now(),
        definitions=[definition.pk for definition in code],
    )


def status_of(execution: StepExecution) -> str:
    return StepExecution.objects.get(pk=execution.pk).status


def test_what_no_worker_has_the_code_for_is_blocked_and_told() -> None:
    a_worker(a_definition("other"))
    ready, fired = an_execution(), a_scheduled(clock.now() - timedelta(seconds=1))
    sleeping = a_scheduled(clock.now() + timedelta(hours=1))

    reconcile()
    reconcile()

    assert [status_of(one) for one in (ready, fired, sleeping)] == [
        "blocked",
        "blocked",
        "scheduled",
    ]
    incidents = Incident.objects.filter(kind="blocked", resolved_at=None)
    assert {incident.execution_id for incident in incidents} == {ready.pk, fired.pk}
    assert all(incident.cause and incident.remedy for incident in incidents)
    assert set(Event.objects.values_list("kind", "execution")) == {
        ("step.blocked", ready.pk),
        ("step.blocked", fired.pk),
    }


def test_a_version_whose_graph_was_changed_is_told_from_one_that_is_gone() -> None:
    with registered(graph(Edge("a", "b"), name="letter"), graph(Edge("a", "b"), name="order")):
        engine.start_workflow("letter")
        engine.start_workflow("order")
    StoredDefinition.objects.update(created_at=NOON)
    a_worker()

    with registered(graph(Edge("a", "c"), name="letter")):
        reconcile()

    changed, gone = Incident.objects.order_by("pk").values_list("cause", flat=True)
    assert changed.startswith("a: The graph of version 1 changed while instances of it run")
    assert gone.startswith("a: No workflow 'order' is registered")


def test_what_was_blocked_goes_on_when_the_code_is_back() -> None:
    a_worker(a_definition("other"))
    execution = an_execution()
    held = an_execution(an_instance(suspended_at=NOON))
    reconcile()

    a_worker(a_definition())
    reconcile()

    assert status_of(execution) == "ready"
    assert status_of(held) == "held"
    assert Event.objects.filter(kind="step.unblocked", execution=execution).exists()
    assert not Incident.objects.filter(resolved_at=None).exists()


def test_without_any_worker_nothing_is_blocked() -> None:
    execution = an_execution()

    reconcile()

    assert status_of(execution) == "ready"


def test_a_version_that_was_just_stored_is_not_blocked_before_workers_can_have_said_so() -> None:
    execution = an_execution()
    StoredDefinition.objects.update(created_at=clock.now())
    a_worker()

    reconcile()

    assert status_of(execution) == "ready"


def test_what_a_living_worker_can_run_is_left_alone() -> None:
    a_worker(a_definition())
    execution = an_execution()

    reconcile()

    assert status_of(execution) == "ready"
    assert not Incident.objects.exists()


@pytest.mark.only_on("sqlite")
def test_a_look_reads_no_more_however_many_executions_there_are() -> None:
    a_worker(a_definition("other"))
    a_scheduled(clock.now() + timedelta(hours=1))
    with CaptureQueriesContext(connection) as queries:
        reconcile()

    asked = [one["sql"] for one in queries if "workflows_stepexecution" in one["sql"]]
    assert len(asked) == 3
    assert whole_reads(asked) == []


def test_a_worker_whose_heart_has_stopped_is_forgotten() -> None:
    alive = a_worker(a_definition())
    a_worker(a_definition("other"), heartbeat_at=clock.now() - 2 * STALE_AFTER)

    reconcile()

    assert list(Worker.objects.all()) == [alive]


def test_a_group_that_its_children_left_open_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    group = an_execution(path="group", kind="group", status="waiting", pending=0, needed=2)
    other = an_execution(path="group", kind="group", status="waiting", pending=0, needed=2)
    an_execution(other.instance, path="group/child", scope=other.pk, status="waiting")
    child = {"path": "group/child", "scope": group.pk}
    an_execution(group.instance, **child, status="succeeded", finished_at=NOON)

    reconcile()

    group.refresh_from_db()
    assert (group.status, group.phase) == ("ready", "leave")
    assert status_of(other) == "waiting"
    assert f"Group execution {group.pk} was left open" in caplog.text

"""A batch of results: one transaction for all, and no innocent pays for one at fault."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.definitions import Note, sequence
from workflows import WorkflowDefinition, engine
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.queue.claims import Lease, claim
from workflows.engine.run.finish import finish
from workflows.engine.run.perform import perform
from workflows.engine.store import clock
from workflows.engine.transitions.commit import Draft
from workflows.engine.work.load import load
from workflows.engine.work.results import Ended, Report
from workflows.exceptions import LateResult
from workflows.models import Event, StepExecution, WorkflowInstance
from workflows.worker import completer

pytestmark = pytest.mark.django_db(transaction=True)
Register = Callable[[WorkflowDefinition], WorkflowDefinition]
LEASE = timedelta(minutes=5)


def ran(register: Register, count: int) -> list[Report]:
    """Run the first of two steps of several instances; give what is to be recorded."""
    register(sequence(Note(), Note(), name="pair"))
    for _ in range(count):
        engine.start_workflow("pair")
    claimed = claim("me", count, lease=LEASE, definitions=runnable_ids().keys())
    return [async_to_sync(perform)(work) for work in load(claimed, eager_history=True)]


def new_lease() -> Lease:
    return Lease("me", clock.now() + LEASE)


def ended() -> set[int]:
    """Give the executions whose end is in the history."""
    ids = Event.objects.filter(kind="step.succeeded").values_list("execution_id", flat=True)
    assert len(ids) == len(set(ids))
    return set(ids)


def test_many_results_take_as_many_statements_as_one(register: Register) -> None:
    reports = ran(register, 12)

    with CaptureQueriesContext(connection) as first:
        finish(reports[:1], lease=new_lease())
    with CaptureQueriesContext(connection) as others:
        finish(reports[1:], lease=new_lease())

    assert len(others) == len(first)
    assert len(ended()) == 12
    assert StepExecution.objects.filter(status="running", path="b", fence=1).count() == 12


def test_a_report_at_fault_costs_the_others_nothing(register: Register) -> None:
    good, bad, other = ran(register, 3)
    broken = Ended(status="succeeded", result=object(), targets=(0,))
    reports = [good, Report(bad.execution_id, bad.instance_id, bad.fence, broken), other]

    going_on = completer.record(reports, new_lease)

    assert ended() == {good.execution_id, other.execution_id}
    assert len(going_on) == 2
    left = WorkflowInstance.objects.get(pk=bad.instance_id)
    assert (left.revision, left.last_seq) == (1, 1)
    assert left.executions.get().status == "running"


def test_a_result_that_came_too_late_is_dropped_and_the_others_are_kept(
    register: Register,
) -> None:
    stolen, kept = ran(register, 2)
    StepExecution.objects.filter(pk=stolen.execution_id).update(fence=2, lease_owner="other")

    completer.record([stolen, kept], new_lease)

    assert ended() == {kept.execution_id}
    row = StepExecution.objects.get(pk=stolen.execution_id)
    assert (row.status, row.fence, row.lease_owner) == ("running", 2, "other")


@pytest.mark.only_on("postgresql")
def test_an_execution_claimed_while_its_result_is_recorded_is_not_ended_twice(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On SQLite nobody can write meanwhile.
    stolen, kept = ran(register, 2)
    thief = threading.Thread(target=steal, args=[stolen.execution_id])
    write = Draft.write

    def write_after_the_theft(draft: Draft) -> list[StepExecution]:
        if thief.ident is None:
            thief.start()
            thief.join()
        return write(draft)

    monkeypatch.setattr(Draft, "write", write_after_the_theft)
    with pytest.raises(LateResult):
        finish([stolen, kept], lease=new_lease())
    assert ended() == set()

    completer.record([stolen, kept], new_lease)
    assert ended() == {kept.execution_id}


def steal(execution_id: int) -> None:
    """Claim a running execution, as a worker does when the lease is over."""
    StepExecution.objects.filter(pk=execution_id).update(fence=2, lease_owner="other")
    connection.close()


def ridden(register: Register, count: int) -> list[Report]:
    """Run the second steps, too: what rides on is known to the worker as it was."""
    successors = finish(ran(register, count), lease=new_lease())
    reports = [async_to_sync(perform)(work) for work in successors]
    assert all(report.known is not None for report in reports)
    return reports


def test_what_is_known_and_has_not_changed_is_not_read_again(register: Register) -> None:
    reports = ridden(register, 2)

    with CaptureQueriesContext(connection) as queries:
        finish(reports)

    reading = [query["sql"] for query in queries if query["sql"].lstrip().startswith("SELECT")]
    assert len(reading) == 1, reading
    assert len(ended()) == 4
    for instance in WorkflowInstance.objects.all():
        assert (instance.status, instance.data["ran"]) == ("completed", ["a", "b"])


def test_what_has_changed_meanwhile_is_read_again(register: Register) -> None:
    report, canceled = ridden(register, 2)
    engine.suspend(report.instance_id)
    engine.cancel_workflow(canceled.instance_id)

    finish([report, canceled])

    suspended = WorkflowInstance.objects.get(pk=report.instance_id)
    assert (suspended.status, suspended.suspended_at is None) == ("completed", False)
    assert WorkflowInstance.objects.get(pk=canceled.instance_id).status == "canceled"


def test_a_lease_that_was_lost_is_noticed_without_a_trace_in_the_instance(
    register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    stolen, kept = ridden(register, 2)
    steal(stolen.execution_id)

    completer.record([stolen, kept], new_lease)

    assert kept.execution_id in ended()
    assert stolen.execution_id not in ended()
    assert "late result" in caplog.text
    assert "is lost" not in caplog.text


def test_what_is_known_survives_a_transaction_that_is_undone(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    (report,) = ridden(register, 1)
    write = Draft.write

    def write_and_fail(draft: Draft) -> list[StepExecution]:
        write(draft)
        raise RuntimeError("The connection is gone.")

    with monkeypatch.context() as patched:
        patched.setattr(Draft, "write", write_and_fail)
        with pytest.raises(RuntimeError):
            finish([report])
    finish([report])

    instance = WorkflowInstance.objects.get(pk=report.instance_id)
    assert (instance.status, instance.data["ran"]) == ("completed", ["a", "b"])
    seqs = Event.objects.filter(instance=instance).values_list("seq", flat=True)
    assert sorted(seqs) == list(range(1, instance.last_seq + 1))


@pytest.mark.parametrize("rides", [False, True])
def test_a_late_report_of_the_same_instance_takes_nothing_from_the_newer_one(
    register: Register, rides: bool
) -> None:
    [late] = ran(register, 1)
    if rides:
        [late] = [async_to_sync(perform)(work) for work in finish([late], lease=new_lease())]
    engine.retry(late.instance_id, from_step="a")
    claimed = claim("me", 1, lease=LEASE, definitions=runnable_ids().keys())
    [again] = [async_to_sync(perform)(work) for work in load(claimed)]
    [newer] = [async_to_sync(perform)(work) for work in finish([again], lease=new_lease())]
    assert newer.known is not None

    finish([late, newer], lease=new_lease())

    assert newer.execution_id in ended()
    assert late.execution_id not in ended()
    assert WorkflowInstance.objects.get(pk=late.instance_id).status == "completed"

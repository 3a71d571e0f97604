"""`max_concurrency`: places are given by age, kept by leases, and cost nothing without a limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from workflows import BaseMachineStep, Edge, ParallelGroup, WorkflowContext, WorkflowDefinition
from workflows import engine as verbs
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.maintenance.drain import drain
from workflows.engine.queue import claims
from workflows.engine.queue.concurrency import Holder, admit, give_free_places, release, renew
from workflows.engine.store import clock
from workflows.engine.work.load import load
from workflows.engine.work.work import Work
from workflows.models import Permit, StepExecution, StepLimit, WorkflowInstance
from workflows.testing import registered

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=30)


class Scarce(BaseMachineStep):
    """May run twice at once."""

    max_concurrency = 2

    def execute(self, context: WorkflowContext) -> str:
        return context.current_step


class Plain(BaseMachineStep):
    def execute(self, context: WorkflowContext) -> None: ...


def a_workflow(name: str, first: Any) -> WorkflowDefinition:
    return WorkflowDefinition(
        name=name,
        version="1",
        description="",
        steps={"first": first, "last": Plain()},
        edges=[Edge("first", "last")],
        initial_step="first",
        terminal_steps={"last"},
    )


@pytest.fixture(autouse=True)
def _workflows() -> Iterator[None]:
    group = ParallelGroup(*(Scarce() for _ in range(5)))
    chain = WorkflowDefinition(
        name="chain",
        version="1",
        description="",
        steps={"plain": Plain(), "scarce": Scarce()},
        edges=[Edge("plain", "scarce")],
        initial_step="plain",
        terminal_steps={"scarce"},
    )
    simple = (a_workflow("scarce", Scarce()), a_workflow("plain", Plain()))
    with registered(*simple, a_workflow("group", group), chain):
        yield


def begin(workflow: str, count: int) -> list[WorkflowInstance]:
    return [verbs.start_workflow(workflow, initial_data={}) for _ in range(count)]


def claim(worker: str, count: int = 20) -> list[Work]:
    """Claim as a worker does; give what it may run."""
    claimed = claims.claim(worker, count, lease=LEASE, definitions=runnable_ids().keys())
    return admit(load(claimed), Holder(worker, LEASE))


def fences(works: list[Work]) -> dict[int, int]:
    return {work.execution_id: work.fence for work in works}


def test_no_more_run_than_there_are_places_however_many_claim() -> None:
    begin("scarce", 5)

    mine, others = claim("one", 1), claim("two")

    assert (len(mine), len(others)) == (1, 1)
    assert StepExecution.objects.filter(status="running").count() == 2
    taken = Permit.objects.filter(place__isnull=False).order_by("place")
    assert list(taken.values_list("place", flat=True)) == [0, 1]
    assert StepLimit.objects.get().places == 2


def test_what_waits_for_a_place_is_not_due_and_is_nobody_s() -> None:
    begin("scarce", 5)
    held = claim("one")

    due_at = claims.next_due(runnable_ids().keys())

    assert claim("two") == []
    assert due_at is not None
    assert due_at > clock.now()
    asleep = StepExecution.objects.exclude(pk__in=fences(held))
    assert set(asleep.values_list("status", "lease_owner", "crashes")) == {("scheduled", "", 0)}


def test_a_place_that_is_given_back_wakes_the_oldest() -> None:
    begin("scarce", 5)
    first, second = claim("one")

    release(fences([second]), LEASE)

    (third,) = claim("two")
    assert third.execution_id == min(
        StepExecution.objects.exclude(pk__in=fences([first, second])).values_list("pk", flat=True)
    )
    assert claim("three") == []


@pytest.mark.only_on("postgresql")
def test_whoever_is_woken_is_due_though_the_answer_about_the_time_took_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin("scarce", 3)
    held = claim("one")
    sample = clock.measure()
    monkeypatch.setattr(clock, "_sample", replace(sample, asked_at=sample.asked_at - 10))

    release(fences(held), LEASE)

    assert len(claim("two")) == 1


def test_work_without_a_limit_does_not_wait_behind_work_that_has_one() -> None:
    begin("scarce", 30)
    begin("plain", 1)

    ran = [work for _ in range(40) for work in claim("one", 1)]

    assert [work.instance.workflow for work in ran] == ["scarce", "scarce", "plain"]


def test_the_places_of_a_worker_that_died_come_back_with_its_leases() -> None:
    begin("scarce", 3)
    held = claim("one")
    later = clock.now() + LEASE + timedelta(seconds=1)

    with clock.at(later):
        again = claim("two")
        assert claim("three") == []

    assert fences(again).keys() == fences(held).keys()
    assert [work.crashes for work in again] == [1, 1]


def test_a_worker_that_lost_its_lease_cannot_give_away_a_place_that_is_another_s() -> None:
    begin("scarce", 3)
    held = claim("one")
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        again = claim("two")
        release(fences(held), LEASE)
        assert claim("three") == []

        release(fences(again), LEASE)
        assert len(claim("three")) == 1


def test_a_renewed_permit_outlives_its_first_lease() -> None:
    begin("scarce", 3)
    held = claim("one")
    renew(fences(held), clock.now() + 2 * LEASE)

    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        give_free_places(LEASE)
        assert Permit.objects.filter(place__isnull=False, execution__in=fences(held)).count() == 2


def test_places_that_nobody_gave_back_are_found_within_a_minute() -> None:
    begin("scarce", 4)
    for work in claim("one"):
        verbs.cancel_workflow(work.instance)

    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        give_free_places(LEASE)
        assert len(claim("two")) == 2


def test_who_was_cancelled_while_it_waited_is_passed_over() -> None:
    instances = begin("scarce", 4)
    held = claim("one")
    waiting = [one for one in instances if one.pk not in {work.instance_id for work in held}]
    verbs.cancel_workflow(waiting[0])

    release(fences(held), LEASE)

    (next_one,) = claim("two")
    assert next_one.instance_id == waiting[1].pk


@pytest.mark.parametrize("workflow", ["scarce", "group", "chain"])
def test_everything_is_done_in_the_end(workflow: str) -> None:
    begin(workflow, 4)

    drain()

    assert set(WorkflowInstance.objects.values_list("status", flat=True)) == {"completed"}
    assert not Permit.objects.exists()


def test_a_suspended_instance_takes_no_place() -> None:
    instances = begin("scarce", 3)
    for one in instances[:2]:
        StepExecution.objects.filter(instance=one).update(status="ready")
        WorkflowInstance.objects.filter(pk=one.pk).update(suspended_at=clock.now())

    admitted = claim("one")

    assert len(admitted) == 3
    assert Permit.objects.count() == 1


def test_work_without_a_limit_costs_no_statement() -> None:
    begin("plain", 3)
    claimed = load(claims.claim("one", 3, lease=LEASE, definitions=runnable_ids().keys()))

    with CaptureQueriesContext(
        connection,
    ) as statements:
        assert admit(claimed, Holder("one", LEASE)) == claimed
        release({}, LEASE)

    assert [one["sql"] for one in statements] == []

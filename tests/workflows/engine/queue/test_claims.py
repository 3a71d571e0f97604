"""Claims: who gets what, once, in which order, and for how long."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests.workflows.engine.rows import (
    MINUTE,
    NOON,
    a_definition,
    a_running,
    a_scheduled,
    an_execution,
    an_instance,
)
from workflows.engine.queue import claims
from workflows.engine.store import clock
from workflows.models import StepExecution

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=30)


def claim(limit: int = 10, now: datetime | None = NOON) -> list[StepExecution]:
    return claims.claim("me", limit, lease=LEASE, definitions=[a_definition().pk], now=now)


def ids(executions: Sequence[StepExecution]) -> list[int]:
    return [execution.pk for execution in executions]


def test_a_ready_execution_comes_back_running_leased_and_fenced() -> None:
    waiting = an_execution(arrived=[3], result={"a": 1})

    (claimed,) = claim()

    stored = StepExecution.objects.get(pk=waiting.pk)
    for row in (claimed, stored):
        assert (row.status, row.lease_owner, row.fence) == ("running", "me", 1)
        assert row.lease_until == NOON + LEASE
        assert row.started_at == NOON
        assert (row.arrived, row.result, row.crashes) == ([3], {"a": 1}, 0)


def test_nothing_is_claimed_twice() -> None:
    an_execution()

    assert len(claim()) == 1
    assert claim() == []


def test_a_claim_takes_no_more_than_its_limit() -> None:
    for _ in range(3):
        an_execution()
    a_scheduled(NOON)
    a_running(NOON - MINUTE)

    assert len(claim(limit=2)) == 2
    assert StepExecution.objects.filter(lease_owner="me").count() == 2
    assert claim(limit=0) == []


def test_higher_priority_goes_first_and_then_age() -> None:
    old, urgent, young = an_execution(), an_execution(priority=5), an_execution()

    assert ids(claim(limit=1)) == [urgent.pk]
    assert ids(claim(limit=1)) == [old.pk]
    assert ids(claim(limit=1)) == [young.pk]


def test_what_has_slept_longest_beyond_its_time_goes_before_what_is_ready() -> None:
    an_execution(priority=9)
    later, sooner = a_scheduled(NOON), a_scheduled(NOON - MINUTE)

    assert ids(claim(limit=1)) == [sooner.pk]
    assert ids(claim(limit=1)) == [later.pk]


def test_sleepers_come_in_the_order_in_which_they_fell_due_then_what_is_ready() -> None:
    urgent = an_execution(priority=9)
    second, first, third = (a_scheduled(NOON - wait * MINUTE) for wait in (2, 3, 1))

    assert ids(claim()) == [first.pk, second.pk, third.pk, urgent.pk]


def test_a_sleeper_is_not_claimed_before_its_time() -> None:
    sleeper = a_scheduled(NOON, phase="leave")

    assert claim(now=NOON - timedelta(microseconds=1)) == []
    (claimed,) = claim(now=NOON)
    assert (claimed.pk, claimed.due_at, claimed.phase) == (sleeper.pk, NOON, "leave")


def test_a_lost_lease_is_claimed_with_a_new_fence_and_counts_as_a_crash() -> None:
    lost = a_running(NOON - MINUTE, fence=4, crashes=1, started_at=NOON - 2 * MINUTE)

    (claimed,) = claim()

    assert (claimed.pk, claimed.fence, claimed.crashes) == (lost.pk, 5, 2)
    assert claimed.lease_owner == "me"
    assert claimed.started_at == NOON - 2 * MINUTE


def test_a_lease_that_still_runs_is_left_alone() -> None:
    a_running(NOON)

    assert claim(now=NOON) == []


def test_only_what_the_code_at_hand_can_run_is_claimed() -> None:
    other = an_instance(a_definition("other"))
    an_execution(other)
    a_scheduled(NOON, instance=other)
    a_running(NOON - MINUTE, instance=other)
    mine = an_execution()

    assert ids(claim()) == [mine.pk]
    assert claims.claim("me", 5, lease=LEASE, definitions=[], now=NOON) == []


def test_a_claim_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    an_execution()
    definitions = [a_definition().pk]

    with django_assert_num_queries(1):
        claims.claim("me", 5, lease=LEASE, definitions=definitions)


def test_without_a_moment_the_clock_of_the_database_counts() -> None:
    a_scheduled(clock.now() - timedelta(seconds=5))
    a_scheduled(clock.now() + timedelta(seconds=60))

    (claimed,) = claim(now=None)

    assert claimed.lease_until is not None
    assert timedelta(seconds=25) < claimed.lease_until - clock.now() <= LEASE


def test_the_moment_that_was_said_counts() -> None:
    due = a_scheduled(NOON)

    with clock.at(NOON - MINUTE):
        assert claim(now=None) == []
    with clock.at(NOON):
        assert ids(claim(now=None)) == [due.pk]


def test_renewing_puts_the_end_off_and_names_what_is_still_held() -> None:
    an_execution()
    (held,) = claim()
    cancelled = a_running(NOON, lease_owner="me", fence=3)
    until = NOON + 5 * MINUTE

    assert claims.renew("me", {held.pk: 1, cancelled.pk: 2}, until) == {held.pk}
    assert StepExecution.objects.get(pk=held.pk).lease_until == until
    assert StepExecution.objects.get(pk=cancelled.pk).lease_until == NOON


def test_nobody_renews_what_somebody_else_holds() -> None:
    taken = a_running(NOON)

    assert claims.renew("me", {taken.pk: 1}, NOON + MINUTE) == set()
    assert claims.renew("me", {}, NOON + MINUTE) == set()


def test_what_is_given_back_is_ready_and_refuses_the_late_result() -> None:
    an_execution()
    (held,) = claim()

    assert claims.give_back("me", {held.pk: 1}) == {held.pk}

    stored = StepExecution.objects.get(pk=held.pk)
    assert (stored.status, stored.fence, stored.lease_owner) == ("ready", 2, "")
    assert (stored.lease_until, stored.crashes) == (None, 0)
    assert claims.give_back("me", {held.pk: 1}) == set()


def test_the_next_moment_is_that_of_whatever_falls_due_first() -> None:
    assert claims.next_due() is None
    a_running(NOON + 3 * MINUTE)
    assert claims.next_due() == NOON + 3 * MINUTE
    a_scheduled(NOON + MINUTE)
    assert claims.next_due() == NOON + MINUTE
    an_execution()
    with clock.at(NOON):
        assert claims.next_due() == NOON


def test_the_next_moment_ignores_what_waits_and_what_nobody_here_can_run() -> None:
    an_execution(status="waiting", due_at=NOON)
    other = an_instance(a_definition("other"))
    an_execution(other)
    a_scheduled(NOON, instance=other)

    assert claims.next_due([a_definition().pk]) is None
    assert claims.next_due([]) is None
    assert claims.next_due([a_definition("other").pk]) is not None


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_share_the_work_without_a_double() -> None:
    instance = an_instance()
    for _ in range(60):
        an_execution(instance)
    definitions = [a_definition().pk]
    claimed: list[int] = []
    start = threading.Barrier(4)

    def work(name: str) -> None:
        start.wait(10)
        try:
            while rows := claims.claim(name, 7, lease=LEASE, definitions=definitions):
                claimed.extend(ids(rows))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[f"worker-{n}"]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(claimed) == sorted(StepExecution.objects.values_list("pk", flat=True))
    assert set(StepExecution.objects.values_list("fence", flat=True)) == {1}

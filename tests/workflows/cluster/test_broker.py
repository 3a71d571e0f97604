"""The broker: says when to work, serves ordinary jobs, and never raises."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from django_q.tasks import async_task

from tests.workflows.engine.rows import a_definition, a_scheduled, an_execution, an_instance
from workflows import wakeups
from workflows.cluster.broker import WakeBroker
from workflows.engine.definitions import stored
from workflows.engine.store import clock
from workflows.worker import schedules

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[WakeBroker]:
    """Give a broker whose process has the code of `a_definition` and no other."""
    monkeypatch.setattr(stored, "runnable_ids", lambda: {a_definition().pk: None})
    broker = WakeBroker()
    yield broker
    assert broker._pusher is not None
    broker._pusher._stop()


def ask(broker: WakeBroker, times: int = 3) -> list[tuple[int | None, str]]:
    """Ask until there is an answer, or often enough to know that there is none."""
    for _ in range(times):
        if packages := broker.dequeue():
            return packages
    return []


def test_due_work_makes_one_worker_drain(broker: WakeBroker) -> None:
    an_execution()

    ((ack, package),) = ask(broker)

    job = SignedPackage.loads(package)
    assert ack is None
    assert (job["func"], job["args"], job["save"]) == (schedules.DRAIN, (0,), False)
    assert OrmQ.objects.count() == 0


def test_without_work_the_broker_comes_back_within_a_second_with_nothing(
    broker: WakeBroker,
) -> None:
    broker.dequeue()
    broker.dequeue()
    begun = time.monotonic()

    assert not broker.dequeue()

    assert time.monotonic() - begun < 5


def test_work_that_only_others_can_run_is_left_to_them(broker: WakeBroker) -> None:
    an_execution(an_instance(a_definition("other")))

    assert ask(broker) == []


def test_a_look_at_what_sleeps_takes_one_statement(broker: WakeBroker) -> None:
    a_scheduled(clock.now() + timedelta(hours=1))
    ask(broker, times=2)
    pusher = broker._pusher
    assert pusher is not None
    pusher._look_for_jobs_at = float("inf")

    with CaptureQueriesContext(connection) as queries:
        assert pusher._look() == []

    assert len(queries) == 1, queries.captured_queries


def test_a_wakeup_ends_the_wait(broker: WakeBroker) -> None:
    ask(broker, times=2)

    an_execution()
    wakeups.wake()

    assert len(ask(broker, times=5)) == 1


def test_a_sleeper_is_announced_at_its_time_without_a_wakeup(broker: WakeBroker) -> None:
    ask(broker, times=2)
    due_at = clock.now() + timedelta(seconds=1.5)
    a_scheduled(due_at)
    wakeups.wake()

    while not broker.dequeue():
        assert clock.now() < due_at + timedelta(seconds=60)

    assert clock.now() >= due_at


def test_no_more_drains_wait_than_there_are_workers_and_one(
    broker: WakeBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.worker.shared_memory.slots.LOST_AFTER", 60.0)
    monkeypatch.setattr("workflows.worker.shared_memory.liveness.PROBES_AFTER", 60.0)
    an_execution()
    until = time.monotonic() + 3

    given = 0
    while time.monotonic() < until:
        given += len(broker.dequeue() or [])

    assert given == 3


def test_an_ordinary_job_is_served_once(broker: WakeBroker) -> None:
    ask(broker, times=2)
    key = async_task("math.floor", 1.5, broker=broker)

    ((ack, package),) = ask(broker, times=5)

    assert SignedPackage.loads(package)["id"] == key
    assert ack == OrmQ.objects.get().pk
    assert ask(broker) == []


def test_a_broken_line_is_mended_and_raises_nothing(
    broker: WakeBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down() -> None:
        raise OSError("The line is down.")

    with monkeypatch.context() as patch:
        patch.setattr(wakeups, "listener", break_down)
        assert ask(broker, times=4) == []

    an_execution()
    assert len(ask(broker, times=10)) == 1

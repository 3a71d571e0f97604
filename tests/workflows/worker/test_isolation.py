"""Suspects begin alone, are not alone for ever, and do not wait for ever."""

from __future__ import annotations

from typing import Any, cast

import pytest

from tests.workflows.worker.test_runner import at_work
from workflows import BaseMachineStep, WorkflowContext, engine
from workflows.models import StepExecution
from workflows.worker import isolation
from workflows.worker.isolation import ALONE_FOR, WAITS_FOR, Suspects
from workflows.worker.running import Flight


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(isolation, "time", clock)
    return clock


def flights(clock: Clock, count: int) -> list[Flight]:
    return [Flight(cast("Any", number), began_at=clock.now) for number in range(count)]


def test_one_begins_when_nothing_else_is_in_the_air(clock: Clock) -> None:
    waiting, first = Suspects(), flights(clock, 2)
    waiting.add(first)

    assert not waiting.may_begin(3)
    assert waiting.may_begin(2)
    assert waiting.begin() == first[:1]
    assert not waiting.may_begin(2)
    assert waiting.keep_others_out()
    first[0].has_landed = True
    assert waiting.may_begin(1)
    assert waiting.begin() == first[1:]
    assert not waiting.may_begin(0)
    first[1].has_landed = True
    assert not waiting.keep_others_out()


def test_others_may_join_one_that_goes_on_for_long(clock: Clock) -> None:
    waiting = Suspects()
    waiting.add(flights(clock, 1))
    assert waiting.begin()
    assert waiting.keep_others_out()

    clock.now += ALONE_FOR + 1

    assert not waiting.keep_others_out()


def test_those_that_wait_in_vain_are_given_up_and_others_go_on(clock: Clock) -> None:
    waiting, both = Suspects(), flights(clock, 2)
    waiting.add(both)

    assert waiting.give_up() == []
    clock.now += WAITS_FOR + 1

    assert waiting.give_up() == both
    assert not waiting.keep_others_out()


def test_waiting_for_another_suspect_is_not_in_vain_until_that_one_is_slow(clock: Clock) -> None:
    waiting, both = Suspects(), flights(clock, 2)
    waiting.add(both)
    clock.now += WAITS_FOR - 1
    assert waiting.begin() == both[:1]

    clock.now += 2
    assert waiting.give_up() == []
    clock.now += ALONE_FOR
    assert waiting.give_up() == both[1:]


@pytest.mark.django_db(transaction=True)
def test_a_process_holds_nothing_else_while_one_is_alone() -> None:
    held: list[int] = []

    class Look(BaseMachineStep):
        def execute(self, context: WorkflowContext) -> None:
            held.append(StepExecution.objects.filter(status="running").count())

    with at_work(Look()) as runner:
        for _ in range(3):
            engine.start_workflow("single")
        StepExecution.objects.update(crashes=1)

        runner.drain(lambda: False)

    assert held == [1, 1, 1]

"""The window: quick work is held in stock, slow work is not, and threads are never too many."""

from __future__ import annotations

import time

import pytest

from tests.workflows.worker.test_runner import at_work, drain, statuses
from workflows import BaseMachineStep, WorkflowContext, engine
from workflows.models import StepExecution
from workflows.worker.options import Options
from workflows.worker.prefetch import QUICK, WIDEST, Window
from workflows.worker.running import Flight


def landed_after(seconds: float) -> list[Flight]:
    return [Flight(None, began_at=0.0, landed_at=seconds)]  # type: ignore[arg-type]


def test_quick_work_widens_it_step_by_step_and_slow_work_narrows_it_at_once() -> None:
    window = Window(10)

    assert window.room(0) == 10
    assert not window.learn(landed_after(QUICK / 2))
    assert window.room(0) == 20
    for _ in range(10):
        window.learn(landed_after(QUICK / 2))
    assert window.room(0) == WIDEST
    assert window.learn(landed_after(2 * QUICK))
    assert window.room(0) == 10


def test_while_work_is_left_it_looks_again_when_a_quarter_is_free_and_else_a_little_later() -> None:
    window = Window(20)

    window.looked(20, 20)
    assert window.room(16) == 0
    assert window.room(15) == 5

    window.looked(20, 3)
    assert window.room(3) == 0
    window.forget()
    assert window.room(3) == 17


@pytest.mark.django_db(transaction=True)
def test_plain_steps_run_on_no_more_threads_than_there_are_slots() -> None:
    running: list[int] = []
    crowds: list[int] = []

    class Quick(BaseMachineStep):
        def execute(self, context: WorkflowContext) -> None:
            running.append(1)
            crowds.append(len(running))
            time.sleep(0.002)
            running.pop()

    with at_work(Quick(), Options(slots=3)) as runner:
        for _ in range(40):
            engine.start_workflow("single")
        assert drain(runner) == 40

    assert max(crowds) <= 3
    assert statuses() == {"completed"}


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_a_thread_is_given_back_once_steps_turn_out_to_be_slow() -> None:
    begun: list[int] = []

    class Slow(BaseMachineStep):
        def execute(self, context: WorkflowContext) -> None:
            begun.append(1)
            time.sleep(1.5 * QUICK)

    with at_work(Slow(), Options(slots=2)) as runner:
        runner._window._size = 8
        for _ in range(8):
            engine.start_workflow("single")
        assert drain(runner) == 8

    assert statuses() == {"completed"}
    # Each was begun once; those that were given back were claimed again.
    assert len(begun) == 8
    assert StepExecution.objects.filter(fence__gt=1, crashes=0).exists()

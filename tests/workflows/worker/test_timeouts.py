"""Time-outs: whatever a step is made of it is stopped, counted, and tried again as it says."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from datetime import timedelta
from typing import Any

import pytest

from tests.durability.processes import wait_for
from tests.workflows.worker.test_runner import at_work, drain, statuses
from workflows import (
    BaseMachineStep,
    Edge,
    ParallelGroup,
    Retry,
    WorkflowContext,
    WorkflowDefinition,
    engine,
)
from workflows.models import StepExecution
from workflows.testing import registered
from workflows.worker.options import Options
from workflows.worker.runner import Runner

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TIMEOUT = timedelta(milliseconds=100)
SOON = 20.0
OPTIONS = Options(slots=6, margin=timedelta(milliseconds=300), grace=timedelta(milliseconds=500))


class Slow(BaseMachineStep):
    """Has no time."""

    timeout = TIMEOUT


def only() -> StepExecution:
    return StepExecution.objects.get()


def run_once(step: Slow) -> tuple[StepExecution, bool]:
    """Run one instance; give its execution, and whether the process would have to end."""
    with at_work(step, OPTIONS) as runner:
        engine.start_workflow("single")
        drain(runner)
        return only(), runner.is_spent


def assert_timed_out(execution: StepExecution) -> None:
    assert execution.status == "failed"
    assert execution.error.startswith("The step took longer than")
    assert (execution.attempt, execution.crashes) == (1, 0)


def test_a_plain_step_in_a_loop_is_stopped_in_the_middle_of_it() -> None:
    ends: list[str] = []

    class Busy(Slow):
        def execute(self, context: WorkflowContext) -> None:
            try:
                while True:
                    with contextlib.suppress(Exception):
                        sum(range(100))
            finally:
                ends.append(context.instance_id)

    execution, is_spent = run_once(Busy())

    assert_timed_out(execution)
    assert ends
    assert not is_spent


def test_a_coroutine_is_cancelled() -> None:
    ends: list[str] = []

    class Sleepy(Slow):
        async def execute(self, context: WorkflowContext) -> None:
            try:
                await asyncio.sleep(3600)
            finally:
                ends.append(context.instance_id)

    execution, is_spent = run_once(Sleepy())

    assert_timed_out(execution)
    assert ends
    assert not is_spent


def test_a_coroutine_that_is_late_in_giving_way_has_timed_out_all_the_same() -> None:
    class Polite(Slow):
        async def execute(self, context: WorkflowContext) -> str:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                await asyncio.sleep(0.05)
            return "done"

    execution, is_spent = run_once(Polite())

    assert_timed_out(execution)
    assert not is_spent


class Deaf(Slow):
    """A coroutine that does not let itself be cancelled."""

    def __init__(self) -> None:
        self.may_end = False

    async def execute(self, context: WorkflowContext) -> None:
        while not self.may_end:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(0.01)


class Stuck(Slow):
    """A plain function that waits outside of Python, where nobody can reach it."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def execute(self, context: WorkflowContext) -> None:
        self.go_on.wait(SOON)


class Blocking(Slow):
    """A coroutine that holds the event loop, so that not even its time-out is noticed there."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    async def execute(self, context: WorkflowContext) -> None:
        self.go_on.wait(SOON)


@pytest.mark.parametrize("kind", [Deaf, Stuck, Blocking])
def test_what_cannot_be_stopped_is_recorded_and_the_process_is_to_end(kind: Any) -> None:
    step = kind()

    execution, is_spent = run_once(step)

    assert_timed_out(execution)
    assert is_spent
    end(step)


def end(step: Any) -> None:
    if isinstance(step, Deaf):
        step.may_end = True
    else:
        step.go_on.set()


def test_a_step_that_times_out_is_tried_again_as_its_policy_says() -> None:
    runs: list[float] = []

    class Patient(Slow):
        retry = Retry(max_attempts=3, backoff=timedelta(milliseconds=1))

        async def execute(self, context: WorkflowContext) -> None:
            runs.append(time.monotonic())
            await asyncio.sleep(3600)

    with at_work(Patient(), OPTIONS) as runner:
        engine.start_workflow("single")
        wait_for(lambda: drain(runner) and only().status == "failed")

    assert len(runs) == 3
    assert only().attempt == 3


def test_neighbours_of_a_step_that_is_ended_are_given_back_unharmed() -> None:
    class Pair(Slow):
        def execute(self, context: WorkflowContext) -> None:
            if context.get("hangs"):
                hang.wait(SOON)

        def can_execute(self, context: WorkflowContext) -> bool:
            # Not under the time-out: it is what runs while the other one is given up.
            if not context.get("hangs"):
                hang.wait(SOON)
            return True

    hang = threading.Event()
    with at_work(Pair(), OPTIONS) as runner:
        guilty = engine.start_workflow("single", initial_data={"hangs": True})
        neighbour = engine.start_workflow("single", initial_data={"hangs": False})
        drain(runner)
        hang.set()

    assert_timed_out(StepExecution.objects.get(instance=guilty))
    innocent = StepExecution.objects.get(instance=neighbour)
    assert (innocent.status, innocent.attempt, innocent.crashes) == ("ready", 0, 0)


def test_who_holds_the_loop_without_a_time_out_does_not_make_others_late() -> None:
    hold, has_begun = threading.Event(), list[str]()

    class Holder(BaseMachineStep):
        async def execute(self, context: WorkflowContext) -> None:
            while not has_begun:  # noqa: ASYNC110 - what is awaited is a list
                await asyncio.sleep(0.01)
            hold.wait(SOON)

    class Hasty(BaseMachineStep):
        timeout = timedelta(milliseconds=200)

        async def execute(self, context: WorkflowContext) -> None:
            has_begun.append(context.instance_id)
            await asyncio.sleep(3600)

    both = WorkflowDefinition(
        name="both",
        version="1",
        description="",
        steps={"group": ParallelGroup(Holder(), Hasty()), "end": ParallelGroup(Hasty())},
        edges=[Edge("group", "end")],
        initial_step="group",
        terminal_steps={"end"},
    )
    with registered(both):
        runner = Runner(OPTIONS)
        runner.start()
        engine.start_workflow("both")
        drain(runner)
        rows = {row.path: row for row in StepExecution.objects.filter(kind="machine")}
        hold.set()
        runner.stop()

    assert (rows["group/hasty"].status, rows["group/hasty"].attempt) == ("ready", 0)
    assert rows["group/holder"].status == "running"


def test_without_a_time_out_a_step_may_take_as_long_as_it_likes() -> None:
    class Long(BaseMachineStep):
        def execute(self, context: WorkflowContext) -> None:
            time.sleep(2 * (TIMEOUT + OPTIONS.margin).total_seconds())

    with at_work(Long(), OPTIONS) as runner:
        engine.start_workflow("single")
        drain(runner)

        assert not runner.is_spent
    assert statuses() == {"completed"}

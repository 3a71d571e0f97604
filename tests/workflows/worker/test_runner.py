"""The runner: side by side, alone where it must, and never for somebody else's lease."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.durability.processes import wait_for
from workflows import BaseMachineStep, WorkflowContext, WorkflowDefinition, engine
from workflows.engine.queue import claims
from workflows.engine.store import clock
from workflows.models import StepExecution, Worker, WorkflowInstance
from workflows.steps.base import Step
from workflows.testing import registered
from workflows.worker.options import Options
from workflows.worker.runner import Runner

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 20.0
FAR = datetime(2100, 1, 1, tzinfo=UTC)


@contextmanager
def at_work(step: Step, options: Options | None = None) -> Iterator[Runner]:
    """Give a runner that knows a workflow of this one step, `single`."""
    workflow = WorkflowDefinition(
        name="single",
        version="1",
        description="One step.",
        steps={"only": step},
        edges=[],
        initial_step="only",
        terminal_steps={"only"},
    )
    runner = Runner(options or Options(slots=6))
    with registered(workflow):
        runner.start()
        yield runner
        runner.stop()


def drain(runner: Runner) -> int:
    return runner.drain(lambda: False)


def statuses() -> set[str]:
    return set(WorkflowInstance.objects.values_list("status", flat=True))


def test_plain_steps_run_side_by_side() -> None:
    meeting = threading.Barrier(4)

    class Meet(BaseMachineStep):
        def execute(self, context: WorkflowContext) -> None:
            meeting.wait(SOON)

    with at_work(Meet()) as runner:
        for _ in range(4):
            engine.start_workflow("single")

        assert drain(runner) == 4
    assert statuses() == {"completed"}


def test_coroutines_run_side_by_side() -> None:
    present: list[str] = []

    class Meet(BaseMachineStep):
        async def execute(self, context: WorkflowContext) -> None:
            present.append(context.instance_id)
            async with asyncio.timeout(SOON):
                while len(present) < 4:  # noqa: ASYNC110 - what is awaited is a list
                    await asyncio.sleep(0)

    with at_work(Meet()) as runner:
        for _ in range(4):
            engine.start_workflow("single")

        assert drain(runner) == 4
    assert statuses() == {"completed"}


def test_more_work_than_slots_is_done_all_the_same() -> None:
    class Nothing(BaseMachineStep):
        def execute(self, context: WorkflowContext) -> None: ...

    with at_work(Nothing()) as runner:
        for _ in range(20):
            engine.start_workflow("single")

        assert drain(runner) == 20
    assert statuses() == {"completed"}


def test_a_plain_step_that_takes_too_long_is_left_behind() -> None:
    never = threading.Event()

    class Hang(BaseMachineStep):
        timeout = timedelta(milliseconds=50)

        def execute(self, context: WorkflowContext) -> None:
            never.wait(SOON)

    with at_work(Hang()) as runner:
        instance = engine.start_workflow("single")

        drain(runner)
    never.set()

    instance.refresh_from_db()
    assert instance.status == "failed"
    assert "took longer" in instance.error


def test_what_was_lost_with_a_worker_runs_alone() -> None:
    running: list[int] = []
    crowds: dict[int, int] = {}

    class Count(BaseMachineStep):
        async def execute(self, context: WorkflowContext) -> None:
            execution = int(context.idempotency_key.rpartition(":")[2])
            running.append(execution)
            await asyncio.sleep(0.02)
            crowds[execution] = len(running)
            running.remove(execution)

    with at_work(Count()) as runner:
        for _ in range(6):
            engine.start_workflow("single")
        lost = list(StepExecution.objects.values_list("pk", flat=True)[:3])
        StepExecution.objects.filter(pk__in=lost).update(
            status="running",
            lease_owner="gone",
            lease_until=clock.now() - timedelta(seconds=1),
            fence=1,
        )

        assert drain(runner) == 6

    assert {crowds[number] for number in lost} == {1}
    assert statuses() == {"completed"}


def test_what_others_have_by_the_time_that_the_database_answers_is_not_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = []

    class Count(BaseMachineStep):
        def execute(self, context: WorkflowContext) -> None:
            begun.append(context.instance_id)

    def answer_late(*args: Any, **options: Any) -> list[StepExecution]:
        claimed = claim(*args, **options)
        rows = StepExecution.objects.filter(pk__in=[row.pk for row in claimed])
        rows.update(lease_owner="other", fence=9, lease_until=FAR)
        time.sleep(0.6 if claimed else 0)
        return claimed

    claim = claims.claim
    monkeypatch.setattr(claims, "claim", answer_late)
    with at_work(Count(), Options(lease=timedelta(seconds=1))) as runner:
        engine.start_workflow("single")

        assert drain(runner) == 0

    assert begun == []
    assert StepExecution.objects.values_list("lease_owner", "status").get() == ("other", "running")


def test_a_step_whose_lease_went_to_somebody_else_is_stopped_and_not_recorded() -> None:
    stopped: list[bool] = []

    class Wait(BaseMachineStep):
        async def execute(self, context: WorkflowContext) -> None:
            rows = StepExecution.objects.filter(status="running")
            await rows.aupdate(lease_owner="other", fence=9, lease_until=FAR)
            try:
                await asyncio.sleep(SOON)
            except asyncio.CancelledError:
                stopped.append(True)
                raise

    with at_work(Wait(), Options(lease=timedelta(seconds=1))) as runner:
        engine.start_workflow("single")

        assert drain(runner) == 0

    assert stopped == [True]
    assert StepExecution.objects.values_list("lease_owner", "status").get() == ("other", "running")


def test_the_end_of_a_drain_gives_back_what_does_not_finish() -> None:
    begun = threading.Event()

    class Wait(BaseMachineStep):
        async def execute(self, context: WorkflowContext) -> None:
            begun.set()
            await asyncio.sleep(SOON)

    with at_work(Wait(), Options(grace=timedelta(milliseconds=50))) as runner:
        engine.start_workflow("single")

        assert runner.drain(begun.is_set) == 0

    execution = StepExecution.objects.get()
    assert (execution.status, execution.crashes, execution.fence) == ("ready", 0, 2)


def test_work_that_comes_while_a_step_runs_is_not_left_waiting() -> None:
    second: list[bool] = []

    class First(BaseMachineStep):
        async def execute(self, context: WorkflowContext) -> None:
            if context.get("is_second"):
                second.append(True)
                return
            await engine.astart_workflow("single", initial_data={"is_second": True})
            async with asyncio.timeout(SOON):
                while not second:  # noqa: ASYNC110 - what is awaited is a list
                    await asyncio.sleep(0.01)

    with at_work(First()) as runner:
        engine.start_workflow("single")

        assert drain(runner) == 2
    assert statuses() == {"completed"}


def test_a_worker_says_that_it_lives_and_takes_its_leave() -> None:
    runner = Runner(Options())
    runner.start()

    worker = wait_for(Worker.objects.first)
    assert worker is not None
    assert (worker.pk, worker.pid) == (runner.id, runner.pid)

    runner.stop()
    assert not Worker.objects.exists()

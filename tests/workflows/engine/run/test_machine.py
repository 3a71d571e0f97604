"""Machine steps: their life, their writes, their failures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.workflows.definitions import Do, Note, sequence
from workflows import BaseMachineStep, Retry, WorkflowContext
from workflows.models import Incident, StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]


def fail(context: WorkflowContext) -> None:
    """Raise, always."""
    context.set("half", "written")
    raise ValueError("no luck")


def test_steps_run_one_after_the_other(run: Run) -> None:
    instance = run(sequence(Note(), Note(), Note()))

    assert instance.status == "completed"
    assert instance.data == {"ran": ["a", "b", "c"]}
    assert instance.finished_at is not None


def test_each_step_sees_the_result_before_it(run: Run) -> None:
    plus_one = Do(lambda context: context.previous_result + 1)

    run(sequence(Do(lambda context: 1), plus_one, plus_one))

    assert StepExecution.objects.get(path="c").result == 3


def test_a_step_without_prerequisites_is_skipped_and_the_workflow_goes_on(run: Run) -> None:
    class Guarded(Note):
        async def can_execute(self, context: WorkflowContext) -> bool:
            return bool(context.get("allowed", False))

    instance = run(sequence(Guarded(), Note()))

    assert instance.data == {"ran": ["b"]}
    assert StepExecution.objects.get(path="a").status == "skipped"
    assert instance.status == "completed"


def test_async_steps_may_use_the_database_of_the_test(run: Run) -> None:
    class Counting(BaseMachineStep):
        async def execute(self, context: WorkflowContext) -> int:
            return await WorkflowInstance.objects.acount()

    run(sequence(Counting()))

    assert StepExecution.objects.get().result == 1


def test_dates_and_decimals_are_kept_as_text(run: Run) -> None:
    instance = run(sequence(Do(lambda context: context.set("price", Decimal("1.10")))))

    assert instance.data == {"price": "1.10"}


@pytest.mark.parametrize("value", [object(), float("nan"), "a\x00b", "\ud800", {1: {2}}])
def test_a_value_that_is_not_json_fails_the_step_and_names_the_key(run: Run, value: Any) -> None:
    instance = run(sequence(Do(lambda context: context.set("odd", value))))

    assert instance.status == "failed"
    assert "'odd'" in instance.error


def test_a_result_that_is_not_json_fails_the_step(run: Run) -> None:
    instance = run(sequence(Do(lambda context: object())))

    assert instance.status == "failed"
    assert "'result'" in instance.error


def test_a_failed_step_leaves_no_writes_and_opens_an_incident(run: Run) -> None:
    instance = run(sequence(Do(fail), Note()))

    assert instance.status == "failed"
    assert instance.error == "a: ValueError: no luck"
    assert instance.data == {}
    assert Incident.objects.get().cause == "a: ValueError: no luck"
    assert not StepExecution.objects.filter(path="b").exists()


def test_a_step_is_tried_again_with_a_growing_delay(run: Run) -> None:
    seen: list[int] = []

    def third_time_lucky(context: WorkflowContext) -> str:
        seen.append(context.attempt)
        if context.attempt < 3:
            raise ValueError("not yet")
        return "lucky"

    step = Do(third_time_lucky)
    step.retry = Retry(max_attempts=3, backoff=timedelta(seconds=10))
    instance = run(sequence(step))
    assert instance.status == "waiting"
    assert seen == [1]

    drain(now=timezone.now() + timedelta(seconds=16))
    drain(now=timezone.now() + timedelta(seconds=60))

    instance.refresh_from_db()
    assert seen == [1, 2, 3]
    assert instance.status == "completed"


def test_the_idempotency_key_is_the_same_over_all_attempts(run: Run) -> None:
    keys: list[str] = []

    def remember(context: WorkflowContext) -> None:
        keys.append(context.idempotency_key)
        if len(keys) == 1:
            raise ValueError("once")

    step = Do(remember)
    step.retry = Retry(max_attempts=2)
    run(sequence(step))
    drain(now=timezone.now() + timedelta(minutes=1))

    assert len(keys) == 2
    assert len(set(keys)) == 1


class Resilient(BaseMachineStep):
    """Handles its own failure."""

    async def execute(self, context: WorkflowContext) -> None:
        """Fail."""
        fail(context)

    async def on_failure(self, context: WorkflowContext, error: Exception) -> None:
        """Put a fallback in place."""
        context.set("error", str(error))


def test_a_failure_that_on_failure_handles_lets_the_workflow_go_on(run: Run) -> None:
    instance = run(sequence(Resilient(), Note()))

    assert instance.status == "completed"
    assert instance.data == {"error": "no luck", "ran": ["b"]}
    assert StepExecution.objects.get(path="a").status == "handled"


@pytest.mark.parametrize("is_async", [True, False])
def test_a_bare_raise_in_on_failure_fails_with_the_original_error(run: Run, is_async: bool) -> None:
    class Sync(Do):
        def on_failure(self, context: WorkflowContext, error: Exception) -> None:
            raise

    class Async(Do):
        async def on_failure(self, context: WorkflowContext, error: Exception) -> None:
            raise

    instance = run(sequence(Async(fail) if is_async else Sync(fail)))

    assert instance.error == "a: ValueError: no luck"


def test_an_error_inside_on_failure_keeps_the_original_error(run: Run) -> None:
    class Clumsy(Do):
        def on_failure(self, context: WorkflowContext, error: Exception) -> None:
            raise KeyError("worse")

    assert run(sequence(Clumsy(fail))).error == "a: ValueError: no luck"


def test_an_error_in_on_success_is_the_steps_failure(run: Run) -> None:
    class Proud(Note):
        def on_success(self, context: WorkflowContext, result: Any) -> None:
            raise RuntimeError("metrics are down")

    instance = run(sequence(Proud()))

    assert instance.error == "a: RuntimeError: metrics are down"
    assert instance.data == {}


def test_a_step_over_its_time_out_fails(run: Run) -> None:
    class Slow(BaseMachineStep):
        timeout = timedelta(milliseconds=20)

        async def execute(self, context: WorkflowContext) -> None:
            import asyncio

            await asyncio.sleep(30)

    instance = run(sequence(Slow()))

    assert instance.status == "failed"
    assert "took longer" in instance.error

"""The steps page's groups, custom steps and good practice run and do what the page says."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from unittest.mock import AsyncMock, Mock, call

import pytest
from django.contrib.auth.models import User

from tests.people import person
from tests.workflows.definitions import Note
from tests.workflows.steps_page import run_block
from tests.workflows.test_steps_page import in_line, refreshed
from workflows import BaseHumanStep, BaseMachineStep, Step, StepType, WorkflowContext, engine
from workflows.models import HumanTask, StepExecution, WorkflowInstance

Run = Callable[..., WorkflowInstance]
Statuses = Callable[[WorkflowInstance], dict[str, str]]


def says(name: str, answer: Any, seen: list[Any] | None = None) -> type[Step]:
    """Make a machine step's class that answers so, and tells what the step before it gave."""

    def execute(self: Step, context: WorkflowContext) -> Any:
        if seen is not None:
            seen.append((name, context.previous_result))
        return answer

    return type(name, (BaseMachineStep,), {"execute": execute})


def asks(name: str, username: str) -> type[BaseHumanStep]:
    """Make a human step's class that asks this person for a yes or no."""
    form = {"type": "object", "properties": {"approved": {"type": "boolean"}}}
    body = {"form_schema": form, "get_assignee": lambda self, context: username}
    return type(name, (BaseHumanStep,), body)


def test_a_sequence_runs_in_order_and_passes_results_on(run: Run, statuses: Statuses) -> None:
    seen: list[Any] = []
    names = ("ValidateFormat", "ValidateContent", "ValidatePermissions")
    classes = {name: says(name, f"{name} ok", seen) for name in names}

    steps = run_block("validation_sequence", **classes)["steps"]
    instance = run(in_line(**steps, after=says("After", None, seen)()))

    assert list(steps) == ["validation"]
    assert seen == [
        ("ValidateFormat", None),
        ("ValidateContent", "ValidateFormat ok"),
        ("ValidatePermissions", "ValidateContent ok"),
        ("After", "ValidatePermissions ok"),
    ]
    assert statuses(instance) == {
        "validation": "succeeded",
        "validation/validate_format": "succeeded",
        "validation/validate_content": "succeeded",
        "validation/validate_permissions": "succeeded",
        "after": "succeeded",
    }


def test_all_of_a_parallel_group_run_before_the_workflow_goes_on(
    run: Run, statuses: Statuses
) -> None:
    seen: list[Any] = []
    names = ("SendEmail", "SendSlack", "SendSMS")
    block = run_block("parallel_notifications", **{name: says(name, name, seen) for name in names})

    group = block["parallel_notifications"]
    instance = run(in_line(notify=group, after=says("After", None, seen)()))

    assert {name for name, _before in seen[:3]} == set(names)
    assert seen[3:] == [("After", list(names))]
    children = {"notify/send_email", "notify/send_slack", "notify/send_sms"}
    assert children <= statuses(instance).keys()


def test_a_callback_gets_the_results_in_declared_order(run: Run, ben: User) -> None:
    person("lea")
    person("fay")
    chart = AsyncMock()
    chart.get_manager.return_value = "ben"
    seen: list[Any] = []
    # The page's ManagerApproval has no form, so that Ben only says that he has seen it.
    manager = run_block("class ManagerApproval", org_chart=chart)["ManagerApproval"]
    group = run_block(
        "gather_approvals",
        ManagerApproval=manager,
        LegalReview=asks("LegalReview", "lea"),
        FinanceReview=asks("FinanceReview", "fay"),
        AggregateDecisions=says("AggregateDecisions", "aggregated", seen),
    )["gather_approvals"]

    instance = run(in_line(gather=group, after=Note()))
    answers = {"fay": {"approved": False}, "lea": {"approved": True}, "ben": {}}
    for username, data in answers.items():
        assert seen == []
        task = HumanTask.objects.get(assignee__username=username)
        engine.complete_human_task(task, user=task.assignee, data=data)
        refreshed(instance)

    assert instance.status == "completed"
    assert seen == [("AggregateDecisions", [{}, {"approved": True}, {"approved": False}])]
    assert StepExecution.objects.get(path="gather").result == "aggregated"


def test_a_custom_step_works_through_its_batches(run: Run) -> None:
    page = run_block("class BatchProcessingStep")["BatchProcessingStep"]
    batches: list[list[int]] = []

    async def process_batch(self: Step, batch: list[int]) -> None:
        batches.append(batch)

    step = type("Import", (page,), {"batch_size": 2, "process_batch": process_batch})()
    instance = run(in_line(batch=step), initial_data={"items": [1, 2, 3, 4, 5]})

    assert (page.step_type, page.batch_size) == (StepType.MACHINE, 100)
    assert batches == [[1, 2], [3, 4], [5]]
    assert (instance.status, instance.data["processed_count"]) == ("completed", 5)


def test_a_custom_step_that_nobody_completed_fails_only_where_it_has_work(run: Run) -> None:
    step = run_block("class BatchProcessingStep")["BatchProcessingStep"]()
    definition = in_line(batch=step)

    assert run(definition, initial_data={"items": []}).data["processed_count"] == 0
    failed = run(definition, initial_data={"items": [1]})
    assert (failed.status, "NotImplementedError" in failed.error) == ("failed", True)


@pytest.fixture
def focused() -> dict[str, Any]:
    """Give the block of focused steps, and the functions that it calls."""
    functions = {
        "validate": Mock(),
        "transform": Mock(side_effect=str.upper),
        "save_to_database": AsyncMock(),
        "send_notification": AsyncMock(),
    }
    return run_block("class ValidateInput", **functions)


def test_focused_steps_do_one_thing_each(run: Run, focused: dict[str, Any]) -> None:
    steps = {"validate": focused["ValidateInput"](), "transform": focused["TransformData"]()}

    instance = run(in_line(**steps), initial_data={"input": "abc"})

    assert instance.data["output"] == "ABC"
    focused["validate"].assert_called_once_with("abc")


def test_a_focused_step_fails_alone_and_stops_what_follows(
    run: Run, statuses: Statuses, focused: dict[str, Any]
) -> None:
    focused["validate"].side_effect = ValueError("no input")
    steps = {"validate": focused["ValidateInput"](), "transform": focused["TransformData"]()}

    instance = run(in_line(**steps))

    assert (instance.status, "no input" in instance.error) == ("failed", True)
    assert statuses(instance) == {"validate": "failed"}


def test_a_step_that_does_too_much_runs_all_the_same(run: Run, focused: dict[str, Any]) -> None:
    instance = run(in_line(all=focused["DoEverything"]()), initial_data={"input": "abc"})

    assert instance.status == "completed"
    focused["save_to_database"].assert_awaited_once_with("ABC")
    focused["send_notification"].assert_awaited_once_with("ABC")


def test_one_step_is_used_twice_with_different_configurations(run: Run) -> None:
    email = AsyncMock()
    steps = run_block('"notify_requester": SendEmail', email_service=email)["steps"]

    data = {"requester_email": "ana@example.org", "manager_email": "ben@example.org"}
    instance = run(in_line(**steps), initial_data=data)

    assert instance.status == "completed"
    assert email.send.await_args_list == [
        call("ana@example.org", template="request_received"),
        call("ben@example.org", template="approval_needed"),
    ]


def resilient(operation: AsyncMock) -> Step:
    """Give the page's ResilientStep around this operation."""
    logger = logging.getLogger("steps_page")
    names = run_block("class ResilientStep", risky_operation=operation, logger=logger)
    step: Step = names["ResilientStep"]()
    return step


def test_a_resilient_step_keeps_what_worked(run: Run, statuses: Statuses) -> None:
    instance = run(in_line(risky=resilient(AsyncMock(return_value=[1, 2]))))

    assert (instance.data["result"], statuses(instance)) == ([1, 2], {"risky": "succeeded"})


def test_a_resilient_step_sets_fallback_values_and_goes_on(
    run: Run, statuses: Statuses, caplog: pytest.LogCaptureFixture
) -> None:
    step = resilient(AsyncMock(side_effect=TimeoutError("too slow")))

    instance = run(in_line(risky=step, after=Note()))

    assert instance.status == "completed"
    assert {"result": None, "error": "too slow"}.items() <= instance.data.items()
    assert statuses(instance) == {"risky": "handled", "after": "succeeded"}
    assert "Step failed: too slow" in caplog.messages


def test_a_resilient_step_that_raises_again_fails_the_workflow(
    run: Run, statuses: Statuses
) -> None:
    # The last line of the block is a comment that says how: `raise`.
    page = type(resilient(AsyncMock(side_effect=TimeoutError("too slow"))))

    class Raises(page):  # type: ignore[misc, valid-type]
        async def on_failure(self, context: WorkflowContext, error: Exception) -> None:
            await super().on_failure(context, error)
            raise

    instance = run(in_line(risky=Raises(), after=Note()))

    assert (instance.status, statuses(instance)) == ("failed", {"risky": "failed"})
    assert "too slow" in instance.error

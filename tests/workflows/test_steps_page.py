"""Each code block of the steps page runs, but for its import, and does what the page says."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from unittest.mock import AsyncMock

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflows import steps_page
from tests.workflows.definitions import Do, Note, graph
from tests.workflows.steps_page import run_block
from workflows import BaseHumanStep, Edge, Step, WorkflowDefinition, engine
from workflows.engine import queries
from workflows.exceptions import InvalidSubmission
from workflows.models import HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]
Statuses = Callable[[WorkflowInstance], dict[str, str]]
PROSE = re.compile(r"(  (•|\d\.) )?[\w-]+([^={}\[\]]*[\w.:)])?")


def in_line(**steps: Step) -> WorkflowDefinition:
    """Put steps one after the other, under keys of their own."""
    keys = list(steps)
    edges = [Edge(*pair) for pair in pairwise(keys)]
    return WorkflowDefinition(name="page", steps=steps, edges=edges)


def refreshed(instance: WorkflowInstance) -> WorkflowInstance:
    """Run what is due and read the instance anew."""
    drain()
    instance.refresh_from_db()
    return instance


def test_the_page_has_fifteen_blocks_of_python() -> None:
    assert len(steps_page.blocks()) == 15
    assert all(ast.parse(steps_page.runnable(block)).body for block in steps_page.blocks())


def test_the_blocks_hold_all_code_of_the_page() -> None:
    code = dict(steps_page.code_lines())
    others = [line for number, line in enumerate(steps_page.PAGE) if line and number not in code]

    assert [line for line in others if not PROSE.fullmatch(line)] == []
    assert [line for line in code.values() if PROSE.fullmatch(line) and line[0] not in " fc"] == []


def test_nothing_of_the_page_is_changed_but_imports_and_one_elision() -> None:
    before = [line for block in steps_page.blocks() for line in block.splitlines()]
    after = [line for b in steps_page.blocks() for line in steps_page.runnable(b).splitlines()]
    imports = [line for line in before if "litestar_workflows" in line]

    assert [line for line in before if line not in after and line not in imports] == ["    ..."]
    assert len(imports) == len([line for line in after if line.startswith("from workflows ")]) == 9
    assert len(before) - len(after) == 1


def test_a_notification_is_sent_with_what_the_data_says(run: Run, statuses: Statuses) -> None:
    email = AsyncMock()
    step = run_block("class SendNotification", email_service=email)["SendNotification"]()

    data = {"requester_email": "ana@example.org", "status": "approved"}
    instance = run(in_line(notify=step), initial_data=data)

    email.send.assert_awaited_once_with(
        to="ana@example.org",
        subject="Request approved",
        body="Your request has been approved.",
    )
    assert (instance.status, instance.data["notification_sent"]) == ("completed", True)
    assert statuses(instance) == {"notify": "succeeded"}


def robust(**supplied: Any) -> Step:
    """Give the page's RobustStep with the functions that it calls."""
    chosen = {"do_work": AsyncMock(), "metrics": AsyncMock(), "alerting": AsyncMock(), **supplied}
    step: Step = run_block("class RobustStep", **chosen)["RobustStep"]()
    return step


def test_a_step_is_skipped_where_its_prerequisites_are_not_met(
    run: Run, statuses: Statuses
) -> None:
    work = AsyncMock()

    instance = run(in_line(robust=robust(do_work=work), after=Note()))

    assert statuses(instance) == {"robust": "skipped", "after": "succeeded"}
    work.assert_not_awaited()


def test_success_is_reported_after_the_work(run: Run, statuses: Statuses) -> None:
    work, metrics = AsyncMock(return_value=42), AsyncMock()
    step = robust(do_work=work, metrics=metrics)

    instance = run(in_line(robust=step), initial_data={"prerequisites_met": True})

    metrics.record.assert_awaited_once_with("step_completed", tags={"step": "robust_step"})
    assert (instance.data["result"], statuses(instance)) == (42, {"robust": "succeeded"})


def test_a_handled_failure_keeps_the_workflow_going(run: Run, statuses: Statuses) -> None:
    work, alerting = AsyncMock(side_effect=OSError("disk full")), AsyncMock()
    steps = in_line(robust=robust(do_work=work, alerting=alerting), after=Note())

    instance = run(steps, initial_data={"prerequisites_met": True})

    alerting.notify.assert_awaited_once_with("Step failed: disk full")
    assert statuses(instance) == {"robust": "handled", "after": "succeeded"}
    assert (instance.data["error"], instance.status) == ("disk full", "completed")


@pytest.fixture
def review(run: Run, ben: User) -> HumanTask:
    """Give the task of the page's DocumentReview, which Ben has."""
    page = run_block("class DocumentReview")["DocumentReview"]
    step = type("Review", (page,), {"get_assignee": lambda self, context: "ben"})()
    run(in_line(review=step, after=Note()))
    return HumanTask.objects.select_related("instance__definition").get()


def test_a_document_review_asks_for_one_of_its_decisions(review: HumanTask) -> None:
    form = queries.task_form(review)

    assert (review.title, review.description) == (
        "Review Document",
        "Please review this document and provide your decision",
    )
    assert [(outcome.value, outcome.label) for outcome in form.outcomes] == [
        ("approve", "Approve"),
        ("reject", "Reject"),
        ("revise", "Request Revisions"),
    ]


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"feedback": "Good."}, "/decision"),
        ({"decision": "burn"}, "/decision"),
        ({"decision": "approve", "priority": 6}, "/priority"),
        ({"decision": "approve", "priority": "high"}, "/priority"),
    ],
)
def test_a_document_review_refuses_what_does_not_fit_its_form(
    review: HumanTask, ben: User, data: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(InvalidSubmission) as refusal:
        engine.complete_human_task(review, user=ben, data=data)

    assert list(refusal.value.errors) == [pointer]


def test_a_document_review_goes_on_with_what_was_submitted(review: HumanTask, ben: User) -> None:
    data = {"decision": "revise", "feedback": "Shorter.", "priority": 2}

    engine.complete_human_task(review, user=ben, data=data)

    assert refreshed(review.instance).status == "completed"
    assert data.items() <= review.instance.data.items()


def form_patterns() -> list[dict[str, Any]]:
    """Give the page's three form schemas, each of which replaces the one before it."""
    tree = ast.parse(steps_page.runnable(steps_page.block_with("# Boolean approval")))
    patterns = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)]
    assert run_block("# Boolean approval")["form_schema"] == patterns[-1]
    return patterns


@pytest.mark.parametrize(
    ("position", "good", "bad"),
    [
        (0, {"approved": True}, {"approved": "yes"}),
        (1, {"status": "active"}, {"status": "sleeping"}),
        (2, {"amount": 9999.5}, {"amount": 10001}),
    ],
)
def test_the_form_patterns_take_what_fits_and_refuse_the_rest(
    run: Run, ben: User, position: int, good: dict[str, Any], bad: dict[str, Any]
) -> None:
    body = {
        "form_schema": form_patterns()[position],
        "get_assignee": lambda self, context: "ben",
    }
    instance = run(in_line(ask=type("Ask", (BaseHumanStep,), body)()))
    task = HumanTask.objects.get(instance=instance)

    with pytest.raises(InvalidSubmission):
        engine.complete_human_task(task, user=ben, data=bad)
    engine.complete_human_task(task, user=ben, data=good)

    assert refreshed(instance).data.items() >= good.items()


def test_the_manager_is_asked_whom_the_organisation_chart_names(run: Run, ben: User) -> None:
    chart = AsyncMock()
    chart.get_manager.return_value = "ben"
    step = run_block("class ManagerApproval", org_chart=chart)["ManagerApproval"]()

    run(in_line(manager_approval=step), initial_data={"department": "sales"})

    task = HumanTask.objects.get()
    assert (task.assignee, task.title) == (ben, "Manager Approval Required")
    chart.get_manager.assert_awaited_once_with("sales")


@pytest.mark.parametrize(
    ("data", "way"),
    [
        ({"amount": 10001}, "vp_approval"),
        ({"amount": 10000}, "manager_approval"),
        ({"amount": 1001}, "manager_approval"),
        ({"amount": 1000}, "auto_approve"),
        ({}, "auto_approve"),
    ],
)
def test_the_amount_decides_the_way(run: Run, data: dict[str, Any], way: str) -> None:
    ways = ("vp_approval", "manager_approval", "auto_approve")
    step = run_block("class AmountGateway")["AmountGateway"]()

    instance = run(graph(*(Edge("amount", to) for to in ways), amount=step), initial_data=data)

    assert (instance.status, instance.data["ran"]) == ("completed", [way])


def wait(*, open_now: bool) -> Step:
    """Give the page's timer; the next business day begins in two hours."""
    step: Step = run_block(
        "class WaitForBusinessHours",
        datetime=datetime,
        is_business_hours=lambda moment: open_now,
        get_next_business_day=lambda: datetime.now() + timedelta(hours=2),  # noqa: DTZ005 – as the page does
    )["WaitForBusinessHours"]()
    return step


def test_nothing_waits_within_business_hours(run: Run) -> None:
    instance = run(in_line(wait=wait(open_now=True), after=Note()))

    assert instance.status == "completed"


def test_outside_business_hours_the_workflow_waits_for_the_next_day(run: Run) -> None:
    started = timezone.now()
    instance = run(in_line(wait=wait(open_now=False), after=Note()))
    due_at = StepExecution.objects.get(path="wait").due_at

    assert instance.status == "waiting"
    assert due_at is not None
    assert due_at > started + timedelta(minutes=119)
    assert drain(now=due_at - timedelta(seconds=1)) == 0
    drain(now=due_at)
    assert refreshed(instance).status == "completed"


def test_the_workflow_pauses_until_its_token_is_called(run: Run) -> None:
    step = run_block("class PaymentCallback")["PaymentCallback"]()
    result = Do(lambda context: context.previous_result)

    instance = run(in_line(payment=step, after=result))
    assert instance.status == "waiting"
    engine.receive_webhook(f"payment-{instance.pk}", {"paid": True})

    assert refreshed(instance).status == "completed"
    assert StepExecution.objects.get(path="after").result == {"paid": True}

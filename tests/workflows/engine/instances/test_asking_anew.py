"""Tasks of a group's items, asked anew when their form has changed with the version."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.workflows.asking import APPROVE, FORM, Ask
from tests.workflows.engine.instances.moving import end, migrate, version, waiting_on
from workflows import ParallelGroup, SequentialGroup, Step, WorkflowContext, WorkflowDefinition
from workflows.engine import complete_human_task
from workflows.models import HumanTask, StepExecution
from workflows.testing import drain, registered

pytestmark = pytest.mark.django_db

LONGER: dict[str, Any] = {**FORM, "required": ["decision", "comment"]}


class AskAboutItem(Ask):
    """Has the item as its title."""

    def get_title(self, context: WorkflowContext) -> str:
        """Name the item."""
        return str(context.item)


class AskUnlessX(AskAboutItem):
    """Cannot ask about the item x."""

    def get_title(self, context: WorkflowContext) -> str:
        """Name the item."""
        if context.item == "x":
            raise ValueError("Nobody knows x.")
        return super().get_title(context)


def each(number: str, step: Step) -> WorkflowDefinition:
    """Make a version that runs a step for each of three items."""
    group = ParallelGroup.for_each("['x', 'y', 'z']", step, on_child_failure="wait")
    return version(number, ("each", "end"), each=group)


def answer_all(ben: User) -> None:
    """Comment on every item that is asked about, the last one first."""
    for task in HumanTask.objects.open().order_by("-pk"):
        comment = f"On {task.title}"
        complete_human_task(task, user=ben, data={**APPROVE, "comment": comment})


def test_each_item_is_asked_about_anew_and_the_results_keep_their_order(ben: User) -> None:
    old = each("1", AskAboutItem("ben", name="ask"))
    new = each("2", AskAboutItem("ben", name="ask", form_schema=LONGER))

    with waiting_on(old) as instance:
        with registered(old):
            complete_human_task(HumanTask.objects.get(title="x"), user=ben, data=APPROVE)
            drain()
        with registered(new):
            assert migrate(new, ask_again=True).moved
            drain()
            answer_all(ben)
            end(instance)

    assert instance.status == "completed"
    results: Any = StepExecution.objects.get(path="each").result
    assert [result.get("comment") for result in results] == [None, "On y", "On z"]


def test_what_has_failed_to_ask_is_not_asked_anew(ben: User) -> None:
    old = each("1", AskUnlessX("ben", name="ask"))
    new = each("2", AskUnlessX("ben", name="ask", form_schema=LONGER))

    with waiting_on(old) as instance, registered(new):
        failed = StepExecution.objects.get(path="each/ask", status="failed")
        assert migrate(new, ask_again=True).moved
        drain()

    asked = StepExecution.objects.filter(instance=instance, path="each/ask").active()
    assert {row.item: row.status for row in asked} == {
        "x": "failed",
        "y": "waiting",
        "z": "waiting",
    }
    assert failed in asked


def test_a_step_inside_an_item_is_asked_anew_within_that_item(ben: User) -> None:
    old = each("1", SequentialGroup(AskAboutItem("ben", name="ask"), name="of_item"))
    ask = AskAboutItem("ben", name="ask", form_schema=LONGER)
    new = each("2", SequentialGroup(ask, name="of_item"))

    with waiting_on(old) as instance, registered(new):
        assert migrate(new, ask_again=True).moved
        drain()
        answer_all(ben)
        end(instance)

    results: Any = StepExecution.objects.get(path="each").result
    assert [result["comment"] for result in results] == ["On x", "On y", "On z"]

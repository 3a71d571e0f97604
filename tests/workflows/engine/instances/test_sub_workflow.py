"""Sub-workflows: a step that starts another workflow, waits for it, and shares its fate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Do, Note, sequence
from workflows import (
    ParallelGroup,
    SubWorkflow,
    WorkflowContext,
    WorkflowDefinition,
    engine,
)
from workflows.checks import check_definitions
from workflows.engine import queries
from workflows.models import HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain, registered

Run = Callable[..., WorkflowInstance]
Register = Callable[[WorkflowDefinition], WorkflowDefinition]


def child_of(parent: WorkflowInstance) -> WorkflowInstance:
    """Give the instance that a step of the parent has started last."""
    return WorkflowInstance.objects.filter(parent__instance=parent).latest("pk")


def refreshed(instance: WorkflowInstance) -> WorkflowInstance:
    """Give the instance as it is now."""
    return WorkflowInstance.objects.get(pk=instance.pk)


def asking(name: str = "child") -> WorkflowDefinition:
    """Make a workflow that asks Ben."""
    return sequence(Ask("ben"), name=name)


def test_it_starts_the_other_workflow_waits_for_it_and_goes_on_with_its_data(
    run: Run, register: Register, ana: User, ben: User
) -> None:
    register(sequence(Ask("ben"), name="child", start_schema={"properties": {"title": {}}}))
    parent = run(
        sequence(SubWorkflow("child"), Do(lambda context: context.previous_result)),
        initial_data={"title": "Plan", "secret": 1},
        user=ana,
    )
    child = child_of(parent)
    assert (parent.status, child.status) == ("waiting", "waiting")
    assert (child.data, child.started_by) == ({"title": "Plan"}, ana)
    assert child.metadata == {"parent_instance": str(parent.pk), "parent_step": "a"}

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()

    assert refreshed(parent).status == "completed"
    result = StepExecution.objects.get(instance=parent, path="b").result
    assert result == {"title": "Plan", **APPROVE}
    lines = [line.text for line in queries.history(refreshed(parent), ana)]
    assert "A: another workflow started" in lines
    assert "A: the other workflow ended" in lines


@pytest.mark.parametrize(
    "data",
    [
        {"n": 20},
        "{'n': context.get('half') * 2}",
        lambda context: {"n": context.get("half") * 2},
    ],
)
def test_what_it_starts_with_and_its_result_can_be_said(
    run: Run, register: Register, data: Any
) -> None:
    register(sequence(Do(lambda context: context.set("n", context.get("n") + 1)), name="child"))
    step = SubWorkflow("child", data=data, result="context.get('n')")
    run(sequence(step), initial_data={"half": 10})

    assert StepExecution.objects.get(instance__parent=None, path="a").result == 21


def test_the_result_can_be_that_of_a_step_of_the_other_workflow(
    run: Run, register: Register
) -> None:
    register(sequence(Do(lambda context: "first"), Do(lambda context: "last"), name="child"))

    async def first(context: WorkflowContext) -> Any:
        return context.get("missing", "none")

    run(sequence(SubWorkflow("child", result=lambda child: child.result_of("a"))))
    assert StepExecution.objects.get(instance__workflow="sequence", path="a").result == "first"
    run(sequence(SubWorkflow("child", result=first), name="other"))
    assert StepExecution.objects.get(instance__workflow="other", path="a").result == "none"


@pytest.mark.parametrize(
    ("step", "complaint"),
    [
        (SubWorkflow("nowhere"), "No workflow 'nowhere'"),
        (SubWorkflow("child", version="7"), "no registered version '7'"),
        (SubWorkflow("child", data="[1]"), "give a dict"),
        (SubWorkflow("child", data={"n": "many"}), "cannot start with this data"),
        (SubWorkflow("child", data={"n": object()}), "cannot start with this data"),
    ],
)
def test_what_cannot_be_started_fails_the_step_and_says_why(
    run: Run, register: Register, step: SubWorkflow, complaint: str
) -> None:
    register(
        sequence(Note(), name="child", start_schema={"properties": {"n": {"type": "integer"}}})
    )
    parent = run(sequence(step))

    assert parent.status == "failed"
    assert complaint in parent.error
    assert not WorkflowInstance.objects.filter(workflow="child").exists()


def test_a_workflow_that_starts_itself_stops_at_a_depth(run: Run) -> None:
    run(sequence(SubWorkflow("endless"), name="endless"))

    assert WorkflowInstance.objects.count() == 21
    deepest = WorkflowInstance.objects.latest("pk")
    assert (deepest.status, "start itself" in deepest.error) == ("failed", True)
    assert WorkflowInstance.objects.filter(status="waiting").count() == 20


def test_an_execution_cannot_have_two_children_at_once(run: Run, register: Register) -> None:
    register(asking())
    parent = run(sequence(SubWorkflow("child")))
    child = child_of(parent)

    with pytest.raises(IntegrityError), transaction.atomic():
        WorkflowInstance.objects.create(
            definition=child.definition,
            workflow="child",
            parent=child.parent,
            created_at=child.created_at,
            changed_at=child.created_at,
        )


def test_one_is_started_for_each_item(run: Run, register: Register) -> None:
    register(sequence(Do(lambda context: context.get("n") ** 2), name="child"))
    square = SubWorkflow(
        "child", data="{'n': context.item}", result=lambda child: child.result_of("a")
    )
    run(sequence(ParallelGroup.for_each("[1, 2, 3]", square)))

    assert StepExecution.objects.get(path="a", kind="group").result == [1, 4, 9]


def test_whoever_started_the_parent_sees_the_child_but_cancels_only_the_parent(
    run: Run, register: Register, ana: User, cleo: User
) -> None:
    register(asking())
    parent = run(sequence(SubWorkflow("child")), user=ana)
    child = child_of(parent)

    assert queries.instance_access(ana, parent).may_cancel
    assert queries.instance_access(ana, child).may_see
    assert not queries.instance_access(ana, child).may_cancel
    assert not queries.instance_access(cleo, child).may_see


def test_check_refuses_a_workflow_that_nobody_has_registered() -> None:
    with registered(sequence(SubWorkflow("nowhere"))):
        found = [message for message in check_definitions(None) if message.id == "workflows.E023"]

    assert "No workflow 'nowhere'" in found[0].msg

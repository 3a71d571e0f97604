"""A sub-workflow and its parent share their fate: failures, cancellations, suspensions."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Do, sequence
from tests.workflows.engine.instances.test_sub_workflow import (
    Register,
    Run,
    asking,
    child_of,
    refreshed,
)
from workflows import RaceGroup, SubWorkflow, WebhookStep, WorkflowContext, engine
from workflows.exceptions import WrongState
from workflows.models import HumanTask, Incident, StepExecution, WorkflowInstance
from workflows.testing import drain


class Call(WebhookStep):
    """Waits for a call."""

    def __init__(self, name: str) -> None:
        self.name = name


class Mended:
    """Whether the step of the child works by now."""

    works = False


def work_or_fail(context: WorkflowContext) -> str:
    """Fail until it is mended."""
    if not Mended.works:
        raise ValueError("not yet")
    return "worked"


@pytest.fixture(autouse=True)
def broken() -> None:
    """Let children fail at first."""
    Mended.works = False


def test_a_failed_child_is_an_incident_of_its_parent_until_it_is_retried(
    run: Run, register: Register
) -> None:
    register(sequence(Do(work_or_fail), Ask("ben"), name="child"))
    parent = run(sequence(SubWorkflow("child")))
    child = child_of(parent)
    assert (child.status, parent.status) == ("failed", "waiting")
    incident = Incident.objects.get(instance=parent)
    assert incident.kind == "child"
    assert str(child.pk) in incident.cause

    Mended.works = True
    engine.retry(child)
    drain()

    incident.refresh_from_db()
    assert incident.resolved_at is not None
    assert refreshed(parent).status == "waiting"


def test_cancelling_the_parent_cancels_the_child(run: Run, register: Register) -> None:
    register(sequence(SubWorkflow("grandchild"), name="child"))
    register(asking("grandchild"))
    parent = run(sequence(SubWorkflow("child")))
    engine.cancel_workflow(parent)
    drain()

    assert [one.status for one in WorkflowInstance.objects.all()] == ["canceled"] * 3
    assert not HumanTask.objects.open().exists()
    assert not StepExecution.objects.active().exists()


def test_losing_a_race_cancels_the_child(run: Run, register: Register) -> None:
    register(asking())
    race = RaceGroup(SubWorkflow("child", name="sub"), Call(name="call"))
    parent = run(sequence(race))
    call = StepExecution.objects.get(path="a/call")
    StepExecution.objects.filter(pk=call.pk).update(status="ready")
    drain()

    assert refreshed(parent).status == "completed"
    assert child_of(parent).status == "canceled"


def test_cancelling_the_child_fails_the_step_and_a_retry_starts_another(
    run: Run, register: Register, ben: User
) -> None:
    register(asking())
    parent = run(sequence(SubWorkflow("child", result="context.get('decision')")))
    first = child_of(parent)
    engine.cancel_workflow(first, reason="Wrong one.")
    drain()
    assert refreshed(parent).status == "failed"
    assert "was cancelled" in refreshed(parent).error

    engine.retry(parent)
    drain()
    second = child_of(parent)
    assert second.pk != first.pk
    with pytest.raises(WrongState):
        engine.retry(first, from_step="a")
    engine.complete_human_task(instance_id=second.pk, step_name="a", user=ben, data=APPROVE)
    drain()

    assert refreshed(parent).status == "completed"
    assert StepExecution.objects.get(instance=parent, path="a").result == "approve"


def test_a_child_that_is_taken_up_again_counts_when_its_step_is_retried(
    run: Run, register: Register, ben: User
) -> None:
    register(asking())
    parent = run(sequence(SubWorkflow("child")))
    child = child_of(parent)
    engine.cancel_workflow(child)
    drain()
    engine.retry(child, from_step="a")
    drain()
    engine.retry(parent)
    drain()
    assert WorkflowInstance.objects.filter(workflow="child").count() == 1

    engine.complete_human_task(HumanTask.objects.open().get(), user=ben, data=APPROVE)
    drain()
    assert refreshed(parent).status == "completed"


def test_a_child_that_ended_before_its_step_was_retried_is_not_started_again(
    run: Run, register: Register, ben: User
) -> None:
    register(asking())
    parent = run(sequence(SubWorkflow("child")))
    child = child_of(parent)
    engine.cancel_workflow(child)
    drain()
    engine.retry(child, from_step="a")
    drain()
    engine.complete_human_task(HumanTask.objects.open().get(), user=ben, data=APPROVE)
    drain()
    assert refreshed(parent).status == "failed"

    engine.retry(parent)
    drain()
    assert refreshed(parent).status == "completed"
    assert WorkflowInstance.objects.filter(workflow="child").count() == 1


def test_the_child_sleeps_and_wakes_with_its_parent(run: Run, register: Register) -> None:
    register(asking())
    parent = run(sequence(SubWorkflow("child")))
    engine.suspend(parent)
    drain()
    assert child_of(parent).suspended_at is not None

    engine.resume(parent)
    drain()
    assert child_of(parent).suspended_at is None


def test_a_child_that_an_administrator_suspended_sleeps_on_when_its_parent_wakes(
    run: Run, register: Register
) -> None:
    register(asking())
    parent = run(sequence(SubWorkflow("child")))
    engine.suspend(child_of(parent))
    engine.suspend(parent)
    drain()
    engine.resume(parent)
    drain()

    assert child_of(parent).suspended_at is not None

"""Sub-workflows while several workers and people are at it, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Do, sequence
from tests.workflows.engine.test_races import at_once
from workflows import ParallelGroup, SubWorkflow, WorkflowDefinition, engine
from workflows.models import Event, HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Run = Callable[..., WorkflowInstance]
Register = Callable[[WorkflowDefinition], WorkflowDefinition]
ENDS = {("canceled", "canceled"), ("canceled", "completed"), ("completed", "completed")}


def test_however_an_end_and_a_cancellation_meet_neither_instance_is_left_behind(
    run: Run, register: Register, ben: User
) -> None:
    register(sequence(Ask("ben"), name="child"))
    for number in range(6):
        parent = run(sequence(SubWorkflow("child"), name=f"parent{number}"))
        task = HumanTask.objects.open().get()

        at_once(
            partial(engine.cancel_workflow, parent),
            partial(engine.complete_human_task, task.pk, user=ben, data=APPROVE),
            drain,
        )
        drain()

        child = WorkflowInstance.objects.get(parent__instance=parent)
        parent.refresh_from_db()
        assert (parent.status, child.status) in ENDS
        assert not StepExecution.objects.active().exists()


def test_two_workers_start_each_of_many_once_and_bring_all_back(
    run: Run, register: Register
) -> None:
    register(sequence(Do(lambda context: context.get("n") * 10), name="child"))
    times_ten = SubWorkflow(
        "child", data="{'n': context.item}", result=lambda child: child.result_of("a")
    )
    group: Any = ParallelGroup.for_each(lambda context: range(12), times_ten)
    definition = register(sequence(group))
    parent = engine.start_workflow(definition.name)

    at_once(drain, drain)
    drain()

    result = StepExecution.objects.get(instance=parent, path="a").result
    assert result == [n * 10 for n in range(12)]
    assert WorkflowInstance.objects.filter(parent__instance=parent).count() == 12
    assert Event.objects.filter(kind="workflow.started").count() == 12
    assert Event.objects.filter(kind="workflow.ended").count() == 12

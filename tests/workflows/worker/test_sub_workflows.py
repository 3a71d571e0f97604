"""A worker brings sub-workflows and groups per item to their end, also of versions new to it."""

from __future__ import annotations

import time

import pytest

from tests.workflows.definitions import Do, sequence
from workflows import ParallelGroup, SubWorkflow, engine
from workflows.models import StepExecution, WorkflowInstance
from workflows.testing import registered
from workflows.worker.options import Options
from workflows.worker.runner import Runner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PATIENCE = 120.0
"""Seconds after which a worker that has brought nothing to its end is given up."""


def test_a_worker_runs_what_its_own_steps_start() -> None:
    child = sequence(Do(lambda context: context.get("n") * 2), name="child")
    times_two = SubWorkflow(
        "child", data="{'n': context.item}", result=lambda ended: ended.result_of("a")
    )
    group = ParallelGroup.for_each("[1, 2, 3, 4, 5]", times_two)
    parent = sequence(group, Do(lambda context: sum(context.previous_result)), name="parent")
    runner = Runner(Options(slots=4))
    with registered(child, parent):
        runner.start()
        instance = engine.start_workflow("parent")
        given_up_at = time.monotonic() + PATIENCE
        while _status(instance) != "completed" and time.monotonic() < given_up_at:
            runner.drain(lambda: False)
        runner.stop()

    assert set(WorkflowInstance.objects.values_list("status", flat=True)) == {"completed"}
    assert StepExecution.objects.get(instance=instance, path="b").result == 30
    assert not StepExecution.objects.active().exists()


def _status(instance: WorkflowInstance) -> str:
    instance.refresh_from_db()
    return str(instance.status)

"""Executions that have cost too many workers their lives."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Note, sequence
from workflows import engine
from workflows.engine.run.perform import MAX_CRASHES
from workflows.models import HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]


def test_a_decision_outlives_the_workers_that_were_lost_after_it(run: Run, ben: User) -> None:
    instance = run(sequence(Ask("ben"), Note()))
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    StepExecution.objects.filter(path="a").update(crashes=MAX_CRASHES)
    drain()
    instance.refresh_from_db()
    assert instance.status == "failed"
    assert "The worker was lost 3 times" in instance.error

    engine.retry(instance)
    drain()

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert StepExecution.objects.get(path="a").result == APPROVE
    assert instance.data | APPROVE == instance.data

"""Groups around groups that repeat: what is read of an instance is all that an end touches."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Note, sequence
from workflows import ParallelGroup, engine
from workflows.models import HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]


def test_a_group_around_one_that_repeats_waits_for_its_other_children(run: Run, ben: User) -> None:
    each = ParallelGroup.for_each(lambda context: ["only"], Note())
    instance = run(sequence(ParallelGroup(each, Ask(to="ben"))))
    assert StepExecution.objects.get(path="a").status == "waiting"

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert StepExecution.objects.get(path="a").result == [["a/for_each_group/note"], APPROVE]

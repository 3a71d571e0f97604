"""Groups that repeat, and groups around them: what an end and a retry find of the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Do, Note, sequence
from tests.workflows.engine.instances.test_suspending import end, take
from workflows import (
    ParallelGroup,
    SequentialGroup,
    WorkflowContext,
    WorkflowDefinition,
    engine,
)
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


@pytest.mark.django_db
def test_children_cancelled_twice_are_begun_anew_twice(
    register: Callable[[WorkflowDefinition], WorkflowDefinition],
) -> None:
    def fail(context: WorkflowContext) -> None:
        raise ValueError("no")

    register(sequence(ParallelGroup.for_each(lambda context: [1, 2, 3], Do(fail))))
    instance = engine.start_workflow("sequence")
    end(*take())
    end(take()[2])
    engine.retry(instance)
    end(take()[0])

    engine.retry(instance)

    ready = StepExecution.objects.filter(status="ready").order_by("position")
    assert list(ready.values_list("position", "visit")) == [(0, 6), (1, 7), (2, 3)]


def test_items_wait_for_an_inner_group_that_is_retried(run: Run, ben: User) -> None:
    broken = {"x"}

    def maybe(context: WorkflowContext) -> None:
        if context.item in broken:
            raise ValueError("no")

    line = SequentialGroup(Do(maybe), Ask(to="ben"))
    instance = run(sequence(ParallelGroup.for_each("['x', 'y']", line, on_child_failure="wait")))
    broken.clear()
    engine.retry(instance)
    drain()
    first, second = HumanTask.objects.order_by("-pk")
    engine.complete_human_task(second, user=ben, data=APPROVE)
    drain()
    assert StepExecution.objects.get(path="a").status == "waiting"

    engine.complete_human_task(first, user=ben, data=APPROVE)
    drain()
    instance.refresh_from_db()
    assert instance.status == "completed"


def test_groups_that_failed_are_begun_anew_in_their_order(run: Run, ben: User) -> None:
    def fail(context: WorkflowContext) -> None:
        raise ValueError("no")

    pair = ParallelGroup(Do(fail), Ask(to="ben"))
    instance = run(sequence(ParallelGroup.for_each("[1, 2, 3]", pair, on_child_failure="wait")))
    engine.retry(instance)

    asked = StepExecution.objects.filter(path="a/parallel_group/ask", status="ready")
    scopes = list(asked.order_by("pk").values_list("scope", flat=True))
    assert len(scopes) == 3
    assert scopes == sorted(scopes)

"""Groups made by `for_each`: one run of a step per item, the items known only at run time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Do, sequence
from workflows import (
    BaseHumanStep,
    BaseMachineStep,
    ConditionalGroup,
    ParallelGroup,
    RaceGroup,
    SequentialGroup,
    TimerStep,
    WebhookStep,
    WorkflowContext,
    engine,
)
from workflows.engine import queries
from workflows.models import HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]
NAMES = "context.get('names')"


class Greet(BaseMachineStep):
    """Says hello to its item."""

    def execute(self, context: WorkflowContext) -> str:
        """Name the item and its place."""
        return f"{context.index} {context.item}"


class Fragile(BaseMachineStep):
    """Fails for the item that the class holds."""

    broken: set[str] = set()

    def execute(self, context: WorkflowContext) -> str:
        """Give the item, unless it is broken."""
        if context.item in self.broken:
            raise ValueError(f"{context.item} is broken")
        return str(context.item)


class Call(WebhookStep):
    """Waits for a call for its item."""


def result_of(path: str) -> Any:
    """Give the result of a step's last visit."""
    return StepExecution.objects.filter(path=path).latest("id").result


def test_the_step_runs_once_per_item_and_the_results_come_in_their_order(run: Run) -> None:
    group = ParallelGroup.for_each(NAMES, Greet())
    instance = run(sequence(group), initial_data={"names": ["Ana", "Ben", "Cleo"]})

    assert instance.status == "completed"
    assert result_of("a") == ["0 Ana", "1 Ben", "2 Cleo"]
    rows = StepExecution.objects.filter(path="a/greet").order_by("visit")
    assert [(row.visit, row.item) for row in rows] == [(1, "Ana"), (2, "Ben"), (3, "Cleo")]


def test_the_callback_gets_the_results(run: Run) -> None:
    count = Do(lambda context: len(context.previous_result))
    group = ParallelGroup.for_each(lambda context: range(4), Greet(), callback=count)
    run(sequence(group))

    assert result_of("a") == 4


def test_without_items_the_workflow_goes_on_with_an_empty_list(run: Run) -> None:
    kept = Do(lambda context: {"kept": context.previous_result})
    instance = run(sequence(ParallelGroup.for_each(NAMES, Greet(), callback=kept)))
    assert instance.status == "failed"

    instance = run(sequence(ParallelGroup.for_each("[]", Greet(), callback=kept), name="empty"))
    assert instance.status == "completed"
    assert result_of("a") == {"kept": []}


@pytest.mark.parametrize(
    ("items", "complaint"),
    [
        (lambda context: "abc", "give a list"),
        (lambda context: 7, "give a list"),
        (lambda context: range(10_001), "the most is 10,000"),
        (lambda context: [object()], "'item 0' cannot be stored"),
    ],
)
def test_items_that_cannot_be_used_fail_the_group_and_say_why(
    run: Run, items: Any, complaint: str
) -> None:
    instance = run(sequence(ParallelGroup.for_each(items, Greet())))

    assert instance.status == "failed"
    assert complaint in instance.error


def test_items_may_be_asked_for_asynchronously(run: Run) -> None:
    async def items(context: WorkflowContext) -> list[str]:
        return ["x"]

    run(sequence(ParallelGroup.for_each(items, Greet())))

    assert result_of("a") == ["0 x"]


def test_a_group_inside_has_the_item_at_every_depth(run: Run) -> None:
    inner = SequentialGroup(
        Greet(),
        ConditionalGroup(
            "context.item == 'Ana'",
            {"true": SequentialGroup(Do(lambda context: context.item.upper()))},
            default=Do(lambda context: context.index),
        ),
    )
    run(sequence(ParallelGroup.for_each(NAMES, inner)), initial_data={"names": ["Ana", "Ben"]})

    assert result_of("a") == ["ANA", 1]


def test_in_a_for_each_inside_another_the_item_is_the_inner_one(run: Run) -> None:
    rows = ParallelGroup.for_each("context.item", Greet())
    run(sequence(ParallelGroup.for_each("[['a', 'b'], [], ['c']]", rows)))

    assert result_of("a") == [["0 a", "1 b"], [], ["0 c"]]


def test_each_person_is_asked_about_their_own_item(run: Run, ben: User, ana: User) -> None:
    class Review(BaseHumanStep):
        name = "review"

        def get_title(self, context: WorkflowContext) -> str:
            return f"Review {context.item['title']}"

        def get_assignee(self, context: WorkflowContext) -> str:
            return str(context.item["by"])

        def validate_submission(self, context: WorkflowContext, data: Any) -> list[str]:
            assert context.item["by"] == "ben"
            return []

    items = [{"title": "Plan", "by": "ben"}, {"title": "Budget", "by": "ana"}]
    instance = run(sequence(ParallelGroup.for_each(lambda context: items, Review())))

    titles = HumanTask.objects.order_by("title").values_list("title", "assignee__username")
    assert list(titles) == [("Review Budget", "ana"), ("Review Plan", "ben")]
    engine.complete_human_task(HumanTask.objects.get(assignee=ben), user=ben, data={})
    drain()
    instance.refresh_from_db()
    assert instance.status == "waiting"


def test_timers_and_nested_races_go_on_for_each_item(run: Run) -> None:
    class Moment(TimerStep):
        pass

    race = RaceGroup(Moment(), SequentialGroup(Greet()))
    instance = run(sequence(ParallelGroup.for_each("[1, 2, 3]", race)))

    assert instance.status == "completed"
    assert len(result_of("a")) == 3


def test_the_first_failed_run_cancels_the_others_and_a_retry_keeps_every_item(run: Run) -> None:
    Fragile.broken = {"b"}
    each = SequentialGroup(Fragile(), Call(), name="of_item")
    instance = run(
        sequence(ParallelGroup.for_each(NAMES, each)), initial_data={"names": ["a", "b", "c"]}
    )
    assert instance.status == "failed"
    assert StepExecution.objects.filter(status="canceled", path="a/of_item").count() == 2

    Fragile.broken = set()
    WorkflowInstance.objects.update(data={"names": ["changed"]})
    engine.retry(instance)
    drain()

    waiting = StepExecution.objects.filter(path="a/of_item/call", status="waiting")
    assert waiting.count() == 3
    again = StepExecution.objects.filter(path="a/of_item").exclude(status="canceled")
    assert [(row.position, row.item) for row in again.order_by("position")] == [
        (0, "a"),
        (1, "b"),
        (2, "c"),
    ]
    assert len({row.visit for row in StepExecution.objects.filter(path="a/of_item")}) == 5


def test_with_wait_the_others_end_first_and_a_retry_only_repeats_what_failed(run: Run) -> None:
    Fragile.broken = {"b", "c"}
    group = ParallelGroup.for_each(NAMES, Fragile(), on_child_failure="wait")
    instance = run(sequence(group), initial_data={"names": ["a", "b", "c", "d"]})
    assert instance.status == "failed"
    failed = StepExecution.objects.filter(path="a/fragile", status="failed")
    assert {row.item for row in failed} == {"b", "c"}

    Fragile.broken = set()
    engine.retry(instance)
    drain()

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert result_of("a") == ["a", "b", "c", "d"]
    assert StepExecution.objects.filter(path="a/fragile").count() == 4


def test_a_new_visit_to_the_group_asks_for_the_items_again(run: Run) -> None:
    instance = run(
        sequence(ParallelGroup.for_each(NAMES, Greet()), Ask("ben")), initial_data={"names": ["x"]}
    )
    WorkflowInstance.objects.update(data={"names": ["y", "z"]})
    engine.retry(instance, from_step="a")
    drain()

    assert result_of("a") == ["0 y", "1 z"]


def test_cancelling_closes_every_task_and_address(run: Run, ben: User) -> None:
    each = ParallelGroup(Ask("ben", name="ask"), Call(), name="of_item")
    instance = run(sequence(ParallelGroup.for_each("[1, 2]", each)))
    engine.cancel_workflow(instance)

    assert not HumanTask.objects.open().exists()
    assert not StepExecution.objects.active().exists()


def test_decisions_inside_are_results_and_not_data(run: Run, ben: User) -> None:
    instance = run(sequence(ParallelGroup.for_each("['x', 'y']", Ask("ben"))))
    for task in HumanTask.objects.open():
        engine.complete_human_task(task, user=ben, data=APPROVE)
    drain()

    instance.refresh_from_db()
    assert result_of("a") == [APPROVE, APPROVE]
    assert instance.data == {}


def test_a_picture_has_one_box_with_the_number_of_runs(run: Run) -> None:
    Fragile.broken = {"a"}
    group = ParallelGroup.for_each("['a', 'b', 'c']", Fragile(), on_child_failure="wait")
    instance = run(sequence(group))

    nodes = {node.path: node for node in queries.graph_state(instance).nodes}
    assert nodes["a"].group == "ForEachGroup"
    assert (nodes["a/fragile"].visits, nodes["a/fragile"].state) == (3, "failed")


def test_the_history_says_which_run_is_meant(run: Run, ana: User) -> None:
    instance = run(sequence(ParallelGroup.for_each("['x', 'y']", Greet())))

    lines = [line.text for line in queries.history(instance, ana)]
    assert {"Greet (1 of 2, x) done", "Greet (2 of 2, y) done"} <= set(lines)

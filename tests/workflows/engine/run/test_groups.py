"""Groups: sequences, parallel children, races, conditions, and groups within groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflows.definitions import Do, Note, sequence
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
from workflows.models import HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]


class Approve(BaseHumanStep):
    """Asks Ben."""

    form_schema = {
        "type": "object",
        "properties": {"approved": {"type": "boolean"}},
        "required": ["approved"],
    }

    def get_assignee(self, context: WorkflowContext) -> str:
        """Name Ben."""
        return "ben"


class Hour(TimerStep):
    """Waits an hour."""

    delay = timedelta(hours=1)


class Call(WebhookStep):
    """Waits for a call."""


class Collect(BaseMachineStep):
    """Keeps what it was given."""

    def execute(self, context: WorkflowContext) -> Any:
        """Put the results into the data."""
        context.set("collected", context.previous_result)
        return {"count": len(context.previous_result)}


def give(value: Any, name: str) -> Do:
    """Make a step that returns a value."""
    step = Do(lambda context: value)
    step.name = name
    return step


def fail(context: WorkflowContext) -> None:
    """Raise, always."""
    raise ValueError("no")


def later(hours: float = 2) -> None:
    """Run all that is due in some hours."""
    drain(now=timezone.now() + timedelta(hours=hours))


def test_a_sequence_passes_each_result_on_and_gives_the_last(run: Run) -> None:
    plus_one = Do(lambda context: context.previous_result + 1)
    group = SequentialGroup(plus_one, plus_one, plus_one)

    run(sequence(give(1, "one"), group, Collect_last()))

    assert StepExecution.objects.get(path="b").result == 4
    assert StepExecution.objects.get(path="c").result == 4
    assert [row.path for row in StepExecution.objects.filter(scope__gt=0).order_by("id")] == [
        "b/do",
        "b/do_2",
        "b/do_3",
    ]


def Collect_last() -> Do:  # noqa: N802 – reads like the class beside it
    """Make a step that returns what came before."""
    return Do(lambda context: context.previous_result)


def test_a_skipped_step_in_a_sequence_lets_the_result_pass(run: Run) -> None:
    class Never(Note):
        def can_execute(self, context: WorkflowContext) -> bool:
            return False

    group = SequentialGroup(give(5, "five"), Never(), Do(lambda context: context.previous_result))
    run(sequence(group))

    assert StepExecution.objects.get(path="a").result == 5


def test_the_callback_gets_all_results_in_declared_order(run: Run) -> None:
    group = ParallelGroup(
        give("mail", "mail"), give("slack", "slack"), give("sms", "sms"), callback=Collect()
    )
    instance = run(sequence(group, Collect_last()))

    assert instance.data["collected"] == ["mail", "slack", "sms"]
    assert StepExecution.objects.get(path="b").result == {"count": 3}
    assert StepExecution.objects.filter(path="a").count() == 1, "the group's row is the callback"


def test_a_group_holds_people_timers_webhooks_and_groups_at_once(run: Run, ben: User) -> None:
    group = ParallelGroup(
        Approve(), Hour(), Call(), SequentialGroup(Note(), give(2, "two")), callback=Collect()
    )
    instance = run(sequence(group))
    assert instance.status == "waiting"

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data={"approved": True})
    later()
    assert StepExecution.objects.get(path="a").status == "waiting"
    call_back(instance, "a/call", {"paid": True})
    drain()

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert instance.data["collected"] == [{"approved": True}, None, {"paid": True}, 2]
    assert "approved" not in instance.data, "a submission inside a parallel group stays a result"


def call_back(instance: WorkflowInstance, path: str, payload: Any) -> None:
    """Call a webhook step as another system does."""
    from workflows.engine.work.webhook_tokens import Address, make_token

    engine.receive_webhook(make_token(Address(instance.pk, path, 1)), payload)


def test_a_failed_child_cancels_the_others_and_fails_the_group(run: Run, ben: User) -> None:
    group = ParallelGroup(Approve(), Do(fail))
    instance = run(sequence(group, Note()))

    task = HumanTask.objects.get()
    assert instance.status == "failed"
    assert instance.error == "a/do: ValueError: no"
    assert task.status == "canceled"
    assert StepExecution.objects.get(path="a").status == "failed"


def test_retry_keeps_what_succeeded_and_asks_cancelled_children_again(run: Run, ben: User) -> None:
    broken = {"is": True}

    def maybe(context: WorkflowContext) -> str:
        if broken["is"]:
            raise ValueError("no")
        return "mended"

    group = ParallelGroup(give("kept", "kept"), Approve(), Do(maybe), callback=Collect())
    instance = run(sequence(group))
    broken["is"] = False

    engine.retry(instance)
    drain()
    task = HumanTask.objects.open().get()
    engine.complete_human_task(task, user=ben, data={"approved": True})
    drain()

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert instance.data["collected"] == ["kept", {"approved": True}, "mended"]
    assert StepExecution.objects.filter(path="a/kept").count() == 1


def test_with_wait_the_other_children_end_before_the_group_fails(run: Run, ben: User) -> None:
    group = ParallelGroup(Approve(), Do(fail), on_child_failure="wait")
    instance = run(sequence(group))
    assert StepExecution.objects.get(path="a").status == "waiting"

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data={"approved": True})
    drain()

    assert StepExecution.objects.get(path="a").status == "failed"
    assert StepExecution.objects.get(path="a/approve").status == "succeeded"
    instance.refresh_from_db()
    assert instance.status == "failed"


def test_retrying_one_child_of_a_waiting_group_lets_the_group_end(run: Run, ben: User) -> None:
    broken = {"is": True}

    def maybe(context: WorkflowContext) -> str:
        if broken["is"]:
            raise ValueError("no")
        return "mended"

    group = ParallelGroup(Approve(), Do(maybe), on_child_failure="wait")
    instance = run(sequence(group))
    broken["is"] = False
    engine.retry(instance)
    drain()
    assert StepExecution.objects.get(path="a").status == "waiting"

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data={"approved": True})
    drain()

    instance.refresh_from_db()
    assert instance.status == "completed"


def test_the_first_to_succeed_wins_a_race_and_the_others_are_cancelled(run: Run, ben: User) -> None:
    instance = run(sequence(RaceGroup(Approve(), Hour()), Collect_last()))

    later()

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert StepExecution.objects.get(path="b").result == {"winner": "hour", "result": None}
    assert HumanTask.objects.get().status == "canceled"


def test_a_race_goes_on_when_a_child_fails_and_fails_when_all_have(run: Run) -> None:
    won = run(sequence(RaceGroup(Do(fail), give("ok", "ok")), name="won"))
    lost = run(sequence(RaceGroup(Do(fail), Do(fail)), name="lost"))

    assert StepExecution.objects.get(instance=won, path="a").result == {
        "winner": "ok",
        "result": "ok",
    }
    assert won.status == "completed"
    assert lost.status == "failed"


@pytest.mark.parametrize(
    ("value", "expected"), [("big", ["a/big"]), ("small", ["a/small"]), ("odd", ["a/default"])]
)
def test_a_conditional_group_runs_one_branch(run: Run, value: str, expected: list[str]) -> None:
    group = ConditionalGroup(
        "context.get('size')", {"big": Note(), "small": Note()}, default=Note()
    )
    assert run(sequence(group), initial_data={"size": value}).data["ran"] == expected


def test_a_conditional_group_without_a_branch_is_skipped(run: Run) -> None:
    async def choose(context: WorkflowContext) -> bool:
        return False

    instance = run(sequence(ConditionalGroup(choose, {"true": Note()}), Note()))

    assert instance.data["ran"] == ["b"]
    assert StepExecution.objects.get(path="a").status == "skipped"


def test_a_race_that_is_decided_by_a_person_cancels_the_timer(run: Run, ben: User) -> None:
    instance = run(sequence(RaceGroup(Approve(), Hour()), Note()))
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data={"approved": True})
    drain()
    later()

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert StepExecution.objects.get(path="a/hour").status == "canceled"


def test_groups_nest_deeply(run: Run) -> None:
    nested = SequentialGroup(
        ParallelGroup(SequentialGroup(Note(), give(1, "x")), give(2, "y")),
        ConditionalGroup(lambda context: True, {"true": RaceGroup(give(3, "z"))}),
    )
    run(sequence(nested))

    assert StepExecution.objects.get(path="a/parallel_group").result == [1, 2]
    assert StepExecution.objects.get(path="a").result == {"winner": "z", "result": 3}

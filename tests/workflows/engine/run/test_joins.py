"""Branches: forks, merges, joins, loops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.workflows.definitions import Do, Note, graph
from workflows import BaseGateway, Edge, TimerStep, WorkflowContext, WorkflowDefinition, engine
from workflows.models import Event, StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]


class Answer(BaseGateway):
    """Names what it was made with, or what it computes."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def evaluate(self, context: WorkflowContext) -> Any:
        """Give the answer."""
        return self.answer(context) if callable(self.answer) else self.answer


class Wait(TimerStep):
    """Waits an hour."""

    delay = timedelta(hours=1)


def visits(instance: WorkflowInstance) -> list[str]:
    """Give the paths that ended, in order."""
    ended = Event.objects.filter(instance=instance, kind="step.succeeded").order_by("seq")
    return list(ended.values_list("path", flat=True))


def test_a_join_waits_for_all_parallel_branches(run: Run) -> None:
    diamond = graph(
        Edge("start", "left"),
        Edge("start", "right"),
        Edge("left", "join"),
        Edge("right", "join"),
        right=Wait(),
    )
    instance = run(diamond)
    join = StepExecution.objects.get(path="join")
    assert (instance.status, join.status) == ("waiting", "joining")

    drain(now=timezone.now() + timedelta(hours=2))

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert visits(instance).count("join") == 1
    assert sorted(visits(instance)) == ["join", "left", "right", "start"]


def test_a_merge_after_a_gateway_does_not_wait(run: Run) -> None:
    either = graph(
        Edge("choose", "left"),
        Edge("choose", "right"),
        Edge("left", "merge"),
        Edge("right", "merge"),
        choose=Answer("right"),
    )
    instance = run(either)

    assert instance.status == "completed"
    assert visits(instance) == ["choose", "right", "merge"]


def test_a_gateway_may_take_several_ways_and_the_join_waits_for_just_those(run: Run) -> None:
    some = graph(
        *(Edge("choose", way) for way in ("one", "two", "three")),
        *(Edge(way, "join") for way in ("one", "two", "three")),
        choose=Answer(["one", "three"]),
    )
    instance = run(some)

    assert instance.status == "completed"
    assert visits(instance)[-1] == "join"
    assert "two" not in visits(instance)
    assert visits(instance).count("join") == 1


def test_a_loop_counts_visits_and_ends(run: Run) -> None:
    def count(context: WorkflowContext) -> None:
        context.set("round", context.get("round", 0) + 1)

    loop = graph(
        Edge("work", "check"),
        Edge("check", "work"),
        Edge("check", "end"),
        work=Do(count),
        check=Answer(lambda context: "end" if context.get("round") == 4 else "work"),
    )
    instance = run(loop)

    assert instance.status == "completed"
    assert instance.visits == {"work": 4, "check": 4, "end": 1}


def test_a_join_inside_a_loop_joins_every_round(run: Run) -> None:
    loop = graph(
        Edge("fork", "left"),
        Edge("fork", "right"),
        Edge("left", "join"),
        Edge("right", "join"),
        Edge("join", "fork", condition="context.get('round') < 3"),
        Edge("join", "end", condition="context.get('round') >= 3"),
        join=Do(lambda context: context.set("round", context.get("round", 0) + 1)),
    )
    instance = run(loop)

    assert instance.status == "completed"
    assert instance.visits == {"fork": 3, "left": 3, "right": 3, "join": 3, "end": 1}


def test_a_runaway_loop_fails_at_max_visits(run: Run) -> None:
    work = Note()
    work.max_visits = 5
    endless = graph(
        Edge("work", "check"),
        Edge("check", "work"),
        Edge("check", "end"),
        work=work,
        check=Answer("work"),
    )
    instance = run(endless)

    assert instance.status == "failed"
    assert "max_visits = 5" in instance.error


def test_every_matching_edge_is_taken(run: Run) -> None:
    definition = graph(
        Edge("start", "yes", condition="context.get('score') >= 80"),
        Edge("start", "no", condition=lambda context: context.get("score") < 80),
        Edge("start", "always"),
    )
    instance = run(definition, initial_data={"score": 90})

    assert sorted(visits(instance)) == ["always", "start", "yes"]


def test_no_matching_edge_fails_the_step_and_keeps_what_it_did(run: Run) -> None:
    definition = graph(Edge("start", "never", condition="context.get('score') > 1"), start=Note())
    instance = run(definition, initial_data={"score": 0})

    assert instance.status == "failed"
    assert "No edge out of 'start' matched (targets: never)" in instance.error
    assert instance.data["ran"] == ["start"]

    WorkflowInstance.objects.filter(pk=instance.pk).update(data={"score": 2, "ran": ["start"]})
    engine.retry(instance)
    drain()

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert instance.data["ran"] == ["start", "never"], "the step itself did not run again"


def test_a_gateway_that_names_an_unknown_step_fails_and_lists_the_targets(run: Run) -> None:
    instance = run(graph(Edge("choose", "left"), Edge("choose", "right"), choose=Answer("up")))

    assert instance.status == "failed"
    assert "named 'up'" in instance.error
    assert "left, right" in instance.error


def test_a_gateway_that_returns_rubbish_fails_the_step(run: Run) -> None:
    answers: list[Any] = [None, 7, [], {"left": 1}]
    for rubbish in answers:
        definition = graph(Edge("choose", "left"), choose=Answer(rubbish), name=f"r{rubbish!r}")
        assert run(definition).status == "failed"


def test_a_failed_branch_holds_its_join_while_others_go_on(run: Run) -> None:
    def fail(context: WorkflowContext) -> None:
        raise ValueError("no")

    definition = graph(
        Edge("start", "bad"),
        Edge("start", "good"),
        Edge("start", "other"),
        Edge("bad", "join"),
        Edge("good", "join"),
        bad=Do(fail),
    )
    instance = run(definition)

    status = dict(StepExecution.objects.values_list("path", "status"))
    assert instance.status == "failed"
    assert status["join"] == "joining"
    assert status["other"] == "succeeded"


def test_joins_that_wait_only_for_each_other_go_on_in_declared_order(run: Run) -> None:
    # first and second each have an edge from the start and one from the other's successor.
    definition = WorkflowDefinition(
        name="circle",
        steps={key: Note() for key in ("start", "first", "second", "a", "b", "end")},
        edges=[
            Edge("start", "first"),
            Edge("start", "second"),
            Edge("first", "a"),
            Edge("second", "b"),
            Edge("a", "end"),
            Edge("b", "end"),
        ],
    )
    instance = run(definition)

    assert instance.status == "completed"
    assert visits(instance).count("end") == 1


def test_a_terminal_step_ends_its_branch_and_the_instance_ends_with_the_last(run: Run) -> None:
    instance = run(graph(Edge("start", "quick"), Edge("start", "slow"), slow=Wait()))
    assert instance.status == "waiting"

    drain(now=timezone.now() + timedelta(hours=2))

    instance.refresh_from_db()
    assert instance.status == "completed"

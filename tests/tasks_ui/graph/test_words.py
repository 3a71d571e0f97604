"""What the picture says to those who do not see it."""

from __future__ import annotations

from tasks_ui.graph import GraphInput
from tasks_ui.graph.words import describe, tooltip
from tests.tasks_ui.graph.graphs import graph, step


def test_the_description_says_what_is_done_and_where_the_instance_is() -> None:
    described = describe(graph("a => b \n b => c \n c -> d", a="done", b="done", c="waiting"))

    assert described == "2 steps done; now at c."


def test_one_step_is_not_spoken_of_as_several() -> None:
    assert describe(graph("a -> b", a="done")) == "1 step done."


def test_steps_within_groups_count_instead_of_the_group() -> None:
    inner = step("inner", children=(step("desk", "Desk", state="running"),))
    group = step("g", "Gather", state="waiting", children=(step("it", state="done"), inner))

    assert describe(GraphInput(steps=(group,))) == "1 step done; now at Desk."


def test_what_failed_is_named() -> None:
    described = describe(graph("a => b \n a => c", a="done", b="failed", c="waiting"))

    assert described == "1 step done; failed at b; now at c."


def test_a_workflow_that_nobody_started_is_counted() -> None:
    assert describe(graph("a -> b")) == "2 steps."


def test_a_tooltip_says_kind_state_and_visits() -> None:
    shown = step("draft", "Write draft", kind="human", state="waiting", visits=2)

    assert tooltip(shown) == "Write draft: step for a person, waiting, 2 visits"

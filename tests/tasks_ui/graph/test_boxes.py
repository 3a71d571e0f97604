"""What the box of a step shows."""

from __future__ import annotations

import pytest

from tasks_ui.graph import StepKind, StepState
from tasks_ui.graph.boxes import HEIGHT, step_box
from tasks_ui.graph.text import text_width
from tests.tasks_ui.graph.graphs import step

LONG = "Ask the head of the department for a second opinion on everything"


def test_a_box_says_its_label() -> None:
    assert [line.text for line in step_box(step("m", "Manager approval")).lines] == [
        "Manager approval"
    ]


def test_a_step_without_a_label_says_its_key() -> None:
    assert [line.text for line in step_box(step("pay_out", "  ")).lines] == ["pay_out"]


def test_a_label_stays_within_its_box_and_beside_its_mark() -> None:
    box = step_box(step("m", "Manager approval", kind="gateway"))
    (line,) = box.lines
    half = text_width(line.text, 12) / 2

    assert box.mark.x + 12 < line.x - half
    assert line.x + half < box.width


def test_a_long_label_takes_two_lines_and_its_tooltip_says_all_of_it() -> None:
    box = step_box(step("m", LONG))

    assert len(box.lines) == 2
    assert box.height > HEIGHT
    assert box.lines[1].text.endswith("…")
    assert LONG in box.tooltip


def test_visits_are_shown_from_the_second_on() -> None:
    once, twice = step_box(step("m", visits=1)), step_box(step("m", visits=2))

    assert [line.text for line in once.lines] == ["m"]
    assert [line.text for line in twice.lines] == ["m", "×2"]


@pytest.mark.parametrize("kind", set(StepKind) - {StepKind.GROUP})
def test_a_box_is_as_large_in_every_state(kind: StepKind) -> None:
    boxes = [step_box(step("m", "Check", kind=kind, state=state)) for state in StepState]

    assert len({(box.width, box.height) for box in boxes}) == 1


def test_every_state_looks_different_without_colour() -> None:
    """What is here is told by its filled box and bolder words, whatever its mark."""
    boxes = [step_box(step("m", kind="machine", state=state)) for state in StepState]

    assert len({(box.mark.path, box.is_here) for box in boxes}) == len(StepState)


def test_every_kind_looks_different() -> None:
    boxes = [step_box(step("m", kind=kind)) for kind in StepKind]

    assert len({box.mark.path for box in boxes}) == len(StepKind)


@pytest.mark.parametrize("kind", ["human", "timer", "webhook"])
def test_a_step_that_waits_shows_what_for(kind: str) -> None:
    waiting = step_box(step("m", kind=kind, state="waiting"))

    assert waiting.mark == step_box(step("m", kind=kind)).mark
    assert waiting.is_here

"""Patterns 10 and 11."""

from __future__ import annotations

import pytest

from tests.workflows.examples.patterns.conftest import Begin
from workflows.examples.patterns import structure


@pytest.mark.parametrize(
    ("data", "way"),
    [
        (
            {"enter_at": "write", "verdicts": ["again", "good"]},
            ["write", "check", "write", "check", "publish"],
        ),
        ({"enter_at": "check", "verdicts": ["good"]}, ["check", "publish"]),
        (
            {"enter_at": "check", "verdicts": ["again", "bad"]},
            ["check", "write", "check", "drop"],
        ),
    ],
)
def test_arbitrary_cycles_are_entered_and_left_at_several_steps(
    begin: Begin, data: dict[str, object], way: list[str]
) -> None:
    journey = begin(structure.arbitrary_cycles, **data)

    assert [step for step in journey.ended if step != "loop"] == way
    assert journey.status == "completed"


def test_implicit_termination_completes_when_nothing_is_left(begin: Begin) -> None:
    journey = begin(structure.implicit_termination)
    assert journey.ended == ["begin", "short"]
    assert journey.status == "waiting"

    journey.happens("long")
    assert (journey.status, journey.ended[2:]) == ("completed", ["long", "after"])

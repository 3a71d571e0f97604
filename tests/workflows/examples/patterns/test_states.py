"""Patterns 16 to 18."""

from __future__ import annotations

import pytest

from tests.workflows.examples.patterns.conftest import Begin
from workflows.examples.patterns import states


def test_deferred_choice_the_first_event_decides_and_the_other_is_withdrawn(begin: Begin) -> None:
    paid = begin(states.deferred_choice)
    paid.happens("wait/paid")
    assert (paid.status, paid.ended[-1]) == ("completed", "ship")
    assert paid.open("canceled") == ["wait/too_late"]

    late = begin(states.deferred_choice)
    late.days_pass(2)
    assert (late.status, late.ended[-1]) == ("completed", "cancel")
    assert late.open("canceled") == ["wait/paid"]


@pytest.mark.parametrize("order", [("blood", "x_ray", "talk"), ("x_ray", "talk", "blood")])
def test_interleaved_parallel_routing_does_all_in_any_allowed_order_one_at_a_time(
    begin: Begin, order: tuple[str, ...]
) -> None:
    journey = begin(states.interleaved_parallel_routing)
    assert journey.open() == ["stations/blood", "stations/x_ray"]
    for number, station in enumerate(order):
        journey.decides(f"stations/{station}")
        assert journey.ended.count("stations") == number + 1
        assert f"stations/{station}" not in journey.open()

    assert (journey.status, journey.ended[-1]) == ("completed", "discharge")


def test_milestone_the_activity_is_possible_until_the_state_has_passed(begin: Begin) -> None:
    journey = begin(states.milestone)
    for _ in range(2):
        journey.decides("packed/change_address")
        assert journey.open() == ["packed/change_address", "packed/left"]

    journey.happens("packed/left")
    assert (journey.status, journey.ended[-1], journey.open()) == ("completed", "deliver", [])

"""Patterns 1 to 5."""

from __future__ import annotations

import pytest

from tests.workflows.examples.patterns.conftest import Begin
from workflows.examples.patterns import basic


def test_sequence_each_step_starts_after_the_one_before(begin: Begin) -> None:
    journey = begin(basic.sequence)

    assert (journey.status, journey.ended) == ("completed", ["receive", "check", "answer"])


def test_parallel_split_both_branches_are_open_at_once(begin: Begin) -> None:
    journey = begin(basic.parallel_split)

    assert journey.open() == ["bill", "pack"]


@pytest.mark.parametrize("order", [("pack", "bill"), ("bill", "pack")])
def test_synchronisation_waits_for_both_in_whichever_order(
    begin: Begin, order: tuple[str, str]
) -> None:
    journey = begin(basic.synchronisation)
    journey.happens(order[0])
    assert "ship" not in journey.ended

    journey.happens(order[1])
    assert journey.ended == ["order", *order, "ship"]
    assert journey.status == "completed"


@pytest.mark.parametrize(("amount", "way"), [(10, "small"), (5_000, "large")])
def test_exclusive_choice_takes_one_way(begin: Begin, amount: int, way: str) -> None:
    journey = begin(basic.exclusive_choice, amount=amount)

    assert (journey.status, journey.ended) == ("completed", ["size", way])


@pytest.mark.parametrize(("amount", "way"), [(10, "small"), (5_000, "large")])
def test_simple_merge_goes_on_without_waiting_for_the_other_way(
    begin: Begin, amount: int, way: str
) -> None:
    journey = begin(basic.simple_merge, amount=amount)

    assert (journey.status, journey.ended) == ("completed", ["size", way, "pay"])

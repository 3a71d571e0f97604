"""Patterns 6 to 9."""

from __future__ import annotations

import pytest

from tests.workflows.examples.patterns.conftest import Begin
from workflows.examples.patterns import merging


@pytest.mark.parametrize(
    ("data", "taken"),
    [
        ({"injured": True}, ["medical"]),
        ({"damaged": True}, ["damage"]),
        ({"injured": True, "damaged": True}, ["damage", "medical"]),
    ],
)
def test_multi_choice_takes_one_way_or_several(
    begin: Begin, data: dict[str, bool], taken: list[str]
) -> None:
    journey = begin(merging.multi_choice, **data)

    assert journey.status == "completed"
    assert sorted(journey.ended) == sorted(["claim", *taken])


def test_structured_synchronising_merge_waits_for_what_was_taken(begin: Begin) -> None:
    both = begin(merging.structured_synchronising_merge, injured=True, damaged=True)
    both.happens("damage")
    assert "settle" not in both.ended
    both.happens("medical")
    assert both.ended == ["claim", "damage", "medical", "settle"]

    one = begin(merging.structured_synchronising_merge, injured=True)
    one.happens("medical")
    assert (one.status, one.ended) == ("completed", ["claim", "medical", "settle"])


def test_multi_merge_runs_what_follows_once_per_branch_without_waiting(begin: Begin) -> None:
    journey = begin(merging.multi_merge)
    journey.happens("photos")
    assert journey.ended.count("file") == 1
    assert journey.open() == ["statement"]

    journey.happens("statement")
    assert journey.ended.count("file") == 2
    assert journey.status == "completed"


def test_structured_discriminator_goes_on_after_the_first_and_lets_the_others_end(
    begin: Begin,
) -> None:
    journey = begin(merging.structured_discriminator)
    journey.happens("south")
    assert journey.ended == ["ask_all", "south", "ask_all", "go_on"]
    assert journey.open() == ["north", "west"]

    journey.happens("west")
    journey.happens("north")
    assert (journey.ended.count("go_on"), journey.ended.count("ignore")) == (1, 2)
    assert journey.status == "completed"

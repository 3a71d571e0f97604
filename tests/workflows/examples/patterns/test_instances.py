"""Patterns 12 to 15."""

from __future__ import annotations

from tests.workflows.examples.patterns.conftest import Begin
from workflows.examples.patterns import instances


def test_without_synchronisation_the_workflow_goes_on_while_the_runs_wait(begin: Begin) -> None:
    journey = begin(instances.without_synchronisation, neighbours=["north", "south"])
    assert journey.ended == ["begin", "go_on"]
    assert journey.open() == ["inform/answer"] * 2

    journey.happens("inform/answer", 1)
    journey.happens("inform/answer")
    assert journey.status == "completed"


def test_known_at_design_time_all_are_waited_for(begin: Begin) -> None:
    journey = begin(instances.known_at_design_time)
    for path in ("sign/event_2", "sign/event", "sign/event_3"):
        assert "file" not in journey.ended
        journey.happens(path)

    assert (journey.status, journey.ended) == ("completed", ["sign", "file"])


def test_known_at_run_time_there_are_as_many_as_items(begin: Begin) -> None:
    journey = begin(instances.known_at_run_time, lines=["desk", "chair", "lamp", "shelf"])
    assert journey.open() == ["lines/delivered"] * 4
    for _ in range(4):
        assert "bill" not in journey.ended
        journey.happens("lines/delivered")

    assert (journey.status, journey.ended) == ("completed", ["lines", "bill"])


def test_known_while_they_run_more_are_added_and_all_are_waited_for(begin: Begin) -> None:
    journey = begin(instances.known_while_they_run)
    journey.decides("ask", decision="another")
    assert journey.open() == ["ask", "hear", "hear"]
    journey.happens("hear")
    journey.decides("ask", decision="another")
    journey.decides("ask", decision="enough")
    assert journey.open() == ["hear", "hear"]
    journey.happens("hear", 1)
    assert "decide" not in journey.ended

    journey.happens("hear")
    assert journey.ended.count("hear") == 3
    assert journey.ended.count("decide") == 1
    assert journey.status == "completed"

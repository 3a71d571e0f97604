"""Patterns 19 and 20."""

from __future__ import annotations

from tests.workflows.examples.patterns.conftest import Begin
from workflows import engine
from workflows.examples.patterns import cancelling
from workflows.models import HumanTask


def test_cancel_activity_takes_back_the_one_step_and_nothing_else(begin: Begin) -> None:
    journey = begin(cancelling.cancel_activity)
    journey.happens("inspect/called_off")
    assert journey.open("canceled") == ["inspect/inspection"]
    assert journey.open() == ["other"]

    journey.decides("other")
    assert (journey.status, journey.ended[-1]) == ("completed", "close")


def test_cancel_activity_has_no_effect_on_what_was_done(begin: Begin) -> None:
    journey = begin(cancelling.cancel_activity)
    journey.decides("inspect/inspection")

    assert journey.open("canceled") == ["inspect/called_off"]


def test_cancel_case_ends_everything(begin: Begin) -> None:
    journey = begin(cancelling.cancel_case)
    assert journey.open() == ["hear", "inspect"]
    engine.cancel_workflow(journey.instance, user=journey.user)

    assert (journey.status, journey.ended) == ("canceled", ["begin"])
    assert journey.open("canceled") == ["hear", "inspect"]
    assert not HumanTask.objects.open().exists()

"""What was in sight and is not sent is taken out of sight before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.robot import Robot

TEXT = {"type": "string"}
TRIP: dict[str, Any] = {
    "type": "object",
    "properties": {"far": {"type": "boolean"}, "note": TEXT},
    "if": {"properties": {"far": {"const": True}}, "required": ["far"]},
    "then": {
        "properties": {
            "hotel": TEXT,
            "sure": {"type": "boolean"},
            "a/b\n": TEXT,
            "g": {"properties": {"t": TEXT}},
        }
    },
}
BILLING: dict[str, Any] = {
    "properties": {
        "billing": {
            "properties": {"street": TEXT, "country": {**TEXT, "default": "MT"}},
            "required": ["street"],
        }
    }
}


def unfollowed(robot: Robot) -> SchemaForm:
    """Send the form as it is after the first box was unticked, before the page has followed."""
    robot.controls[0].tick(on=False)
    return robot.send()


@pytest.mark.parametrize("name", ["d/hotel", "d/a~1b~x0A", "d/g/t"])
def test_what_went_with_an_answer_is_seen_to_go_before_the_form_is_sent(name: str) -> None:
    robot = Robot(TRIP)
    robot.tick("d/far")
    robot.fill(name, "kept")
    answer = unfollowed(robot)

    assert (answer.is_valid(), answer.errors, answer.gone) == (False, {}, [name])
    robot.show(answer)
    assert "[text: kept]" not in robot.look
    assert robot.send().data == {"far": False}
    assert robot.send().is_valid()
    robot.tick("d/far")
    assert robot.control(name).shown == "kept"


def test_what_said_nothing_may_go_unseen() -> None:
    robot = Robot(TRIP)
    robot.tick("d/far")

    assert unfollowed(robot).is_valid()


def test_a_no_that_was_chosen_is_no_unticked_box() -> None:
    then = {"properties": {"really": {"type": ["boolean", "null"]}}}
    robot = Robot({**TRIP, "then": then})
    robot.tick("d/far")
    robot.fill("d/really", "false")

    assert unfollowed(robot).gone == ["d/really"]


def test_what_was_not_asked_when_the_data_were_stored_goes_like_everything_else() -> None:
    robot = Robot(TRIP, None, {"far": False, "hotel": "kept"})
    robot.tick("d/far")
    robot.fill("d/a~1b~x0A", "new")

    assert unfollowed(robot).gone == ["d/hotel", "d/a~1b~x0A"]


def test_names_that_no_answer_has_taken_away_are_ignored_as_ever() -> None:
    assert SchemaForm(TRIP, post={"d/far": "false", "d/what": "x", "d/note/x": "y"}).is_valid()


def test_a_group_whose_box_was_unticked_is_seen_to_go() -> None:
    robot = Robot(BILLING)
    robot.tick("p/billing")
    robot.fill("d/billing/street", "High St")
    answer = unfollowed(robot)

    assert not answer.is_valid()
    assert sorted(answer.gone) == ["d/billing/country", "d/billing/street"]
    robot.show(answer)
    assert robot.send().is_valid()
    assert robot.send().data == {}


def test_fields_of_another_alternative_are_seen_to_go() -> None:
    fields = {"type": "object", "properties": {"n": TEXT}, "title": "More"}
    parts = [{**TEXT, "title": "Text"}, fields, {"type": "null"}]
    robot = Robot({"properties": {"e": {"oneOf": parts}}})
    nothing, text, more, null = robot.controls[0].options
    for other in (nothing, text, null):
        robot.fill(robot.controls[0].name, more)
        robot.fill("d/e/n", "x")
        robot.controls[0].fill(other)
        assert robot.send().gone == ["d/e/n"]
    for other in (nothing, more, null):
        robot.fill(robot.controls[0].name, text)
        robot.fill("d/e", "x")
        robot.controls[0].fill(other)
        assert robot.send().gone == ["d/e"]


def test_what_comes_back_with_an_answer_is_seen_before_it_is_sent() -> None:
    robot = Robot(TRIP)
    robot.tick("d/far")
    robot.fill("d/hotel", "Ritz")
    robot.tick("d/far", on=False)
    robot.control("d/far").tick()
    answer = robot.send()

    assert not answer.is_valid()
    assert [node.name for node in answer.revealed] == ["d/hotel", "d/sure", "d/a~1b~x0A", "d/g/t"]
    robot.show(answer)
    assert robot.control("d/hotel").shown == "Ritz"
    assert robot.send().data == {"far": True, "hotel": "Ritz", "sure": False}
    assert robot.send().is_valid()


def test_looking_again_tells_of_nothing_that_went() -> None:
    robot = Robot(TRIP)
    robot.tick("d/far")
    robot.fill("d/hotel", "Ritz")
    robot.tick("d/far", on=False)

    assert robot.form.gone == []
    assert robot.send().is_valid()

"""The robot sees what a person sees, and posts what a browser posts."""

from __future__ import annotations

from typing import Any

from tests.tasks_ui.schema_form.robot import Robot, untouched

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "sure": {"type": "boolean", "default": True},
        "speed": {"enum": ["fast", "slow"], "default": "fast"},
        "when": {"type": "string", "format": "date"},
        "rows": {"type": "array", "items": {"type": "string", "maxLength": 500}},
    },
}


def test_it_sees_labels_texts_and_what_controls_hold() -> None:
    look = " ".join(Robot(SCHEMA).look)

    assert look.startswith("Name optional [text: ] [checkbox: on] Sure Speed optional")
    assert "[select: fast] When optional [date: ] Rows optional Add" in look
    assert "false" not in look


def test_it_changes_controls_and_sends_what_they_hold() -> None:
    robot = Robot(SCHEMA)
    robot.fill("d/name", "Ana")
    robot.tick("d/sure", on=False)
    robot.fill("d/speed", "slow")
    robot.fill("d/when", "soon")

    assert "[select: slow]" in robot.look
    assert robot.send().data == {"name": "Ana", "sure": False, "speed": "slow"}


def test_it_presses_buttons_and_sees_what_comes() -> None:
    robot = Robot(SCHEMA)
    robot.press("x", "add r/rows")
    robot.fill("d/rows/n1", "one\nline")

    assert "[textarea: one\nline]" in robot.look
    assert ("x", "del r/rows n1") in robot.buttons
    assert robot.send().data["rows"] == ["one\nline"]
    robot.press("x", "del r/rows n1")
    assert robot.look == Robot(SCHEMA).look


def test_it_follows_a_form_that_depends_on_what_is_filled_in() -> None:
    robot = Robot(
        {
            "properties": {"far": {"type": "boolean"}},
            "if": {"properties": {"far": {"const": True}}, "required": ["far"]},
            "then": {"properties": {"miles": {"type": "integer"}}},
        }
    )
    before = robot.look
    robot.tick("d/far")

    assert [control.name for control in robot.controls] == ["d/far", "d/miles"]
    robot.tick("d/far", on=False)
    assert robot.look == before


def test_it_chooses_one_radio_button_of_a_group() -> None:
    robot = Robot({"properties": {"a": {"enum": ["x", "y"]}}, "required": ["a"]})
    robot.tick("d/a", "x")
    robot.tick("d/a", "y")

    assert robot.post["d/a"] == ["", "y"]


def test_it_sends_what_is_stored_as_it_is() -> None:
    data = {"name": "Ana", "rows": ["x"], "sure": True, "more": 1}

    assert untouched(SCHEMA, None, data).data == data

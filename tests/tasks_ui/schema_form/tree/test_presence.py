"""An optional group is there when it shows anything, or did: what is shown is what is sent."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser
from tests.tasks_ui.schema_form.robot import Robot, untouched

BOX = {"type": "boolean"}
TICKED = {"type": "boolean", "default": True}
TEXT = {"type": "string"}


def whole(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


SPEED = {
    **whole(m={"enum": ["fast", "slow"], "default": "fast"}, why=TEXT),
    "if": {"properties": {"m": {"const": "fast"}}, "required": ["m"]},
    "then": {"required": ["why"]},
}
BILLING = {**whole(street=TEXT, country={"default": "DE", **TEXT}), "required": ["street"]}


def test_a_default_that_is_ticked_is_sent_and_so_is_one_that_is_not() -> None:
    robot = Robot(whole(g=whole(b=TICKED)))

    assert robot.send().data == {"g": {"b": True}}
    robot.tick("d/g/b", on=False)
    assert robot.send().data == {"g": {"b": False}}


def test_a_box_that_is_merely_unticked_makes_no_group_appear() -> None:
    robot = Robot(whole(g=whole(b=BOX, no={**BOX, "default": False}, t=TEXT)))

    assert robot.send().data == {}
    robot.tick("d/g/b")
    assert robot.send().data == {"g": {"b": True, "no": False}}
    robot.tick("d/g/b", on=False)
    assert robot.send().data == {}
    robot.fill("d/g/t", "x")
    assert robot.send().data == {"g": {"b": False, "no": False, "t": "x"}}


@pytest.mark.parametrize(
    "part",
    [
        {"type": "string", "default": "x"},
        {"type": "integer", "default": 5},
        {"type": "string", "format": "date", "default": "2026-03-01"},
        {"enum": ["x", "y"], "default": "y"},
        {"type": ["boolean", "null"], "default": False},
        {"default": {"any": 1}},
    ],
)
def test_a_default_is_sent_and_the_group_stays_where_it_is_emptied(part: dict[str, Any]) -> None:
    robot = Robot(whole(g=whole(t=part, b=BOX)))

    assert robot.send().data == {"g": {"t": part["default"], "b": False}}
    robot.fill("d/g/t", "")
    assert robot.send().data == {"g": {"b": False}}


@pytest.mark.parametrize(
    "part",
    [
        {"type": "string", "default": ""},
        {"type": ["string", "null"], "default": None},
        {"type": "array", "items": TEXT, "default": []},
        {"type": "string", "format": "password", "default": "secret"},
        {"type": "string", "default": "x", "ui:widget": "hidden"},
        {"const": "x", "default": "x"},
    ],
)
def test_what_shows_nothing_makes_no_group_appear(part: dict[str, Any]) -> None:
    assert Robot(whole(g={**whole(t=part), "required": ["t"]})).send().data == {}


def test_a_default_that_fits_no_box_is_shown_and_makes_its_group_appear() -> None:
    robot = Robot(whole(g={**whole(b={"const": True, "default": 5}), "required": ["b"]}))
    assert robot.send().data == {}
    robot.tick("p/g")

    assert robot.send().errors == {"/g/b": ["Choose yes or no."]}


def test_rows_of_a_default_are_sent_and_the_group_stays_without_them() -> None:
    robot = Robot(whole(g=whole(rows={"type": "array", "items": TEXT, "default": ["x"]})))

    assert robot.send().data == {"g": {"rows": ["x"]}}
    robot.press("x", "del r/g/rows 0")
    assert robot.send().data == {"g": {}}


def test_a_row_of_fields_that_is_added_makes_its_group_appear() -> None:
    robot = Robot(whole(g=whole(rows={"type": "array", "items": whole(t=TEXT)})))

    robot.press("x", "add r/g/rows")
    assert robot.send().data == {"g": {"rows": [{}]}}
    robot.press("x", "del r/g/rows n1")
    assert robot.send().data == {}


def test_empty_rows_that_a_form_begins_with_make_no_group_appear() -> None:
    rows = {"type": "array", "items": whole(t=TEXT), "minItems": 2}
    robot = Robot(whole(g={**whole(rows=rows, t=TEXT), "required": ["rows"]}))

    assert robot.send().data == {}
    robot.fill("d/g/rows/n1/t", "x")
    assert robot.send().data == {"g": {"rows": [{"t": "x"}, {}]}}


def test_a_group_inside_a_group_makes_both_appear() -> None:
    robot = Robot(whole(a=whole(b=whole(c=TICKED), d=whole(e=BOX))))

    assert robot.send().data == {"a": {"b": {"c": True}}}
    robot.tick("d/a/b/c", on=False)
    assert robot.send().data == {"a": {"b": {"c": False}}}


def test_a_part_that_is_added_inside_a_group_makes_it_appear() -> None:
    team = whole(name=TEXT, deputy={"$ref": "#/$defs/team"})
    robot = Robot({**whole(team={"$ref": "#/$defs/team"}), "$defs": {"team": team}})

    robot.press("x", "put p/team/deputy")
    assert robot.send().data == {"team": {"deputy": {}}}
    robot.press("x", "cut p/team/deputy")
    assert robot.send().data == {}


def test_groups_in_rows_in_pairs_and_in_alternatives_are_no_exception() -> None:
    g = whole(b=TICKED)
    rows = Robot(whole(rows={"type": "array", "items": whole(g=g)}))
    rows.press("x", "add r/rows")
    assert rows.send().data == {"rows": [{"g": {"b": True}}]}
    rows.tick("d/rows/n1/g/b", on=False)
    assert rows.send().data == {"rows": [{"g": {"b": False}}]}

    pairs = Robot({"type": "object", "additionalProperties": whole(g=g)})
    pairs.press("x", "add r")
    pairs.fill("k/n1", "name")
    pairs.tick("d/~+n1/g/b", on=False)
    assert pairs.send().data == {"name": {"g": {"b": False}}}

    either = Robot(whole(e={"oneOf": [{**TEXT, "title": "Text"}, {**whole(g=g), "title": "G"}]}))
    chooser = either.controls[0]
    either.fill(chooser.name, chooser.options[-1])
    assert either.send().data == {"e": {"g": {"b": True}}}


KINDS = {
    "oneOf": [
        {**whole(k={"const": "cash"}), "required": ["k"], "title": "Cash"},
        {**whole(k={"const": "card"}, n=TEXT), "required": ["k"], "title": "Card"},
    ]
}


@pytest.mark.parametrize("required", [[], ["u"]])
def test_a_choice_of_alternatives_makes_its_group_appear(required: list[str]) -> None:
    robot = Robot(whole(g={**whole(u=KINDS, t=TEXT), "required": required}))
    chooser = robot.controls[0]

    assert robot.send().data == {}
    robot.fill(chooser.name, chooser.options[1])
    assert robot.send().data == {"g": {"u": {"k": "cash"}}}


def test_a_form_of_stored_data_chooses_no_alternative_of_a_default() -> None:
    schema = {**whole(u=KINDS), "default": {"u": {"k": "card"}}}

    assert Robot(schema).send().data == {"u": {"k": "card"}}
    assert untouched(schema, None, {}).data == {}


def test_a_group_that_is_there_chooses_the_first_alternative_as_ever() -> None:
    schema = {**whole(g={**whole(u=KINDS), "required": ["u"]}), "required": ["g"]}

    assert Robot(schema).send().data == {"g": {"u": {"k": "cash"}}}


# A box of its own


def test_a_group_that_lacks_something_beside_its_default_has_a_box() -> None:
    robot = Robot(whole(billing=BILLING))

    assert "Include Billing" in robot.look
    assert robot.send().data == {}
    left_out = robot.look
    robot.tick("p/billing")
    assert robot.look != left_out
    assert robot.send().errors == {"/billing/street": ["This field is required."]}
    robot.fill("d/billing/street", "High St")
    assert robot.send().data == {"billing": {"country": "DE", "street": "High St"}}
    robot.tick("p/billing", on=False)
    assert robot.look == left_out
    assert robot.send().data == {}
    robot.tick("p/billing")
    assert robot.send().data == {"billing": {"country": "DE", "street": "High St"}}


def test_typed_text_is_never_swallowed_by_a_condition_on_a_default() -> None:
    robot = Robot(whole(g=SPEED))

    assert robot.send().data == {}
    robot.tick("p/g")
    assert not robot.send().is_valid()
    robot.fill("d/g/why", "because")
    assert robot.send().data == {"g": {"m": "fast", "why": "because"}}
    robot.fill("d/g/m", "slow")
    assert robot.send().data == {"g": {"m": "slow", "why": "because"}}
    # A form that somebody else has written has no box, and what it sends is there all the same.
    sent = SchemaForm(whole(g=SPEED), post={"d/g/m": "fast", "d/g/why": "because"})
    assert sent.data == {"g": {"m": "fast", "why": "because"}}


@pytest.mark.parametrize(
    "group",
    [
        {**whole(a=TICKED, b=TEXT), "required": ["a"]},
        {**whole(a=TICKED, b=BOX), "required": ["a", "b"]},
        {**whole(a=TEXT, b=TEXT), "required": ["a"]},
        {**whole(a={"type": "array", "items": TEXT}, b=TICKED), "required": ["a", "b"]},
    ],
)
def test_a_group_that_may_be_as_it_begins_has_no_box(group: dict[str, Any]) -> None:
    assert "Include G" not in Robot(whole(g=group)).look


def test_a_group_that_must_be_there_has_no_box() -> None:
    schema = {**whole(billing=BILLING), "required": ["billing"]}

    assert "Include Billing" not in Robot(schema).look


def test_without_scripts_a_box_asks_for_its_fields_before_anything_is_sent() -> None:
    robot = Robot(whole(billing=BILLING, note=TEXT))
    robot.control("p/billing").tick()
    answer = robot.send()

    assert not answer.is_valid()
    assert answer.errors == {}
    assert "d/billing/street" in Browser(answer.render()).post


def test_a_box_is_the_same_for_what_is_stored() -> None:
    schema = whole(billing=BILLING, note=TEXT)
    data = {"billing": {"street": "High St"}, "note": "x"}

    assert untouched(schema, None, data).data == data
    robot = Robot(schema, None, data)
    robot.tick("p/billing", on=False)
    assert robot.send().data == {"note": "x"}
    assert untouched(schema, None, {"note": "x"}).data == {"note": "x"}


def test_a_form_of_stored_data_shows_no_defaults_and_sends_none() -> None:
    schema = whole(g=whole(b=TICKED), kind=BOX)
    robot = Robot(schema, None, {"kind": False})

    assert robot.send().data == {"kind": False}
    robot.tick("d/g/b")
    robot.tick("d/g/b", on=False)
    assert robot.send().data == {"kind": False}


def test_a_default_that_comes_with_an_answer_is_sent_and_can_be_unticked() -> None:
    schema = {
        **whole(far=BOX),
        "if": {"properties": {"far": {"const": True}}, "required": ["far"]},
        "then": {"properties": {"g": whole(b=TICKED)}},
    }
    for stored in (None, {"far": False}):
        robot = Robot(schema, None, stored)
        robot.tick("d/far")
        assert robot.send().data == {"far": True, "g": {"b": True}}
        robot.tick("d/g/b", on=False)
        assert robot.send().data == {"far": True, "g": {"b": False}}


def test_a_preview_and_a_draft_carry_the_box() -> None:
    schema = whole(billing=BILLING)
    robot = Robot(schema)
    robot.tick("p/billing")
    robot.fill("d/billing/country", "")
    again = SchemaForm(schema, post=robot.post, preview=True)

    assert Browser(again.render()).post == robot.post
    assert Browser(again.render()).problems == []


# What must be there, and may be empty


def test_an_object_of_anything_that_must_be_there_is_empty_where_nothing_is_written() -> None:
    robot = Robot({**whole(o={"type": "object"}), "required": ["o"]})

    assert robot.send().data == {"o": {}}
    robot.fill("d/o", '{"a": 1}')
    assert robot.send().data == {"o": {"a": 1}}
    assert untouched(robot.given["schema"], None, {"o": {}}).data == {"o": {}}


def test_an_object_of_anything_that_need_not_be_there_is_not() -> None:
    assert Robot(whole(o={"type": "object"})).send().data == {}


def test_an_object_with_fields_that_must_be_there_is_there() -> None:
    assert Robot({**whole(o=whole(t=TEXT)), "required": ["o"]}).send().data == {"o": {}}

"""Choosing one of several values, or several of them."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched

CHOICE = "Select a valid choice. That choice is not one of the available choices."


def one(part: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"type": "object", "properties": {"x": part}, "required": ["x"] if required else []}


@pytest.mark.parametrize(
    ("part", "ui"),
    [
        ({"enum": ["a", "b"], "enumNames": ["Ay", "Bee"]}, None),
        ({"enum": ["a", "b"], "ui:enumNames": {"a": "Ay", "b": "Bee"}}, None),
        ({"enum": ["a", "b"]}, {"x": {"ui:enumNames": ["Ay", "Bee"]}}),
        ({"enum": ["a", "b"]}, {"x": {"ui:options": {"enumNames": ["Ay", "Bee"]}}}),
        ({"oneOf": [{"const": "a", "title": "Ay"}, {"const": "b", "title": "Bee"}]}, None),
        ({"anyOf": [{"enum": ["a"], "title": "Ay"}, {"const": "b", "title": "Bee"}]}, None),
    ],
)
@pytest.mark.parametrize("widget", ["select", "radio"])
def test_choices_are_named_in_every_way_that_authors_use(
    part: dict[str, Any], ui: dict[str, Any] | None, widget: str
) -> None:
    schema = one({**part, "ui:widget": widget})
    html = SchemaForm(schema, ui).render()

    assert "Ay" in html
    assert "Bee" in html
    assert SchemaForm(schema, ui, post={"d/x": "b"}).data == {"x": "b"}
    assert SchemaForm(schema, ui, post={"d/x": "c"}).errors == {"/x": [CHOICE]}


def test_names_that_are_missing_are_the_values() -> None:
    html = SchemaForm(one({"enum": ["a", "b", 3, None, True], "enumNames": ["Ay"]})).render()

    assert all(f">{name}</option>" in html for name in ("Ay", "b", "3", "None", "Yes"))


@pytest.mark.parametrize("value", [1, "1", True, None, 1.5, {"a": [1]}, ""])
def test_a_choice_keeps_the_type_of_its_value(value: Any) -> None:
    schema = one({"enum": [1, "1", True, None, 1.5, {"a": [1]}, ""]})
    form = SchemaForm(
        schema, stored={"x": value}, post=untouched(SchemaForm(schema, stored={"x": value}))
    )
    fresh = SchemaForm(schema, post=untouched(SchemaForm(schema, stored={"x": value})))

    for read in (form, fresh):
        assert read.is_valid()
        assert read.data["x"] == value
        assert type(read.data["x"]) is type(value)


def test_equal_values_of_another_type_are_no_choice() -> None:
    schema = one({"enum": ["1", "2"]}, required=True)
    form = SchemaForm(schema, stored={"x": 1})

    assert "1 (no longer offered)" in form.render()
    again = SchemaForm(schema, stored={"x": 1}, post=untouched(form))
    assert again.errors == {"/x": [CHOICE]}
    assert "1 (no longer offered)" in again.render()
    assert SchemaForm(schema, stored={"x": 1}, post={"d/x": "1"}).data == {"x": "1"}


def test_the_empty_text_and_line_ends_can_be_options() -> None:
    for required in (True, False):
        schema = one({"enum": ["", "a\r\nb", "c"]}, required=required)
        for value in ("", "a\r\nb", "c"):
            post = untouched(SchemaForm(schema, stored={"x": value}))
            assert SchemaForm(schema, post=post).data == {"x": value}
    optional = one({"enum": ["", "a"]})
    assert SchemaForm(optional, post=untouched(SchemaForm(optional))).data == {}


def test_what_is_disabled_cannot_be_chosen_and_can_be_kept() -> None:
    for part in (
        {"enum": ["a", "b"], "ui:enumDisabled": ["b"]},
        {"enum": ["a", "b"], "ui:enumDisabled": ["b"], "ui:widget": "radio"},
    ):
        schema = one(part, required=True)
        assert SchemaForm(schema).render().count(" disabled") == 1
        assert SchemaForm(schema, post={"d/x": "b"}).errors == {"/x": [CHOICE]}
        kept = SchemaForm(schema, stored={"x": "b"})
        assert " disabled" not in kept.render()
        assert SchemaForm(schema, stored={"x": "b"}, post=untouched(kept)).data == {"x": "b"}
    items = {"enum": ["a", "b"]}
    several = one({"type": "array", "items": items, "uniqueItems": True, "ui:enumDisabled": ["b"]})
    assert SchemaForm(several, post={"d/x": ["", "b"]}).errors == {"/x": [CHOICE]}
    stored = {"x": ["b"]}
    assert SchemaForm(several, stored=stored, post={"d/x": ["", "a", "b"]}).data == {
        "x": ["a", "b"]
    }


@pytest.mark.parametrize(
    ("order", "labels"),
    [
        (["c", "*", "a"], ["–", "c", "b", "d", "a"]),
        (["b", "x"], ["–", "b", "a", "c", "d"]),
        ("no list", ["–", "a", "b", "c", "d"]),
    ],
)
def test_options_come_in_the_authors_order(order: Any, labels: list[str]) -> None:
    browser = Browser(SchemaForm(one({"enum": list("abcd"), "ui:enumOrder": order})).render())

    assert [option.text for option in browser.root.find("option")] == labels


def test_alternatives_may_list_several_constants_each() -> None:
    schema = one({"anyOf": [{"enum": ["a", "b"]}, {"const": 3, "title": "Three"}]})

    assert SchemaForm(schema, post={"d/x": "3"}).data == {"x": 3}
    assert SchemaForm(schema, post={"d/x": '"b"'}).data == {"x": "b"}
    assert ">Three</option>" in SchemaForm(schema).render()


def test_radio_buttons_say_that_they_were_there() -> None:
    schema = one({"enum": ["a", "b"]}, required=True)

    assert untouched(SchemaForm(schema)) == {"d/x": [""]}
    assert untouched(SchemaForm(schema, stored={"x": "b"})) == {"d/x": ["", "b"]}
    assert SchemaForm(schema, post={"d/x": ""}).errors == {"/x": ["This field is required."]}


def test_what_has_been_chosen_and_must_be_cannot_be_left() -> None:
    schema = one({"enum": list("abcdef")}, required=True)

    assert ">–</option>" in SchemaForm(schema).render()
    assert ">–</option>" not in SchemaForm(schema, stored={"x": "c"}).render()
    assert ">–</option>" in SchemaForm(one({"enum": ["a"]}), stored={"x": "a"}).render()


@pytest.mark.parametrize(
    ("part", "arrangement"),
    [
        ({"enum": ["a", "b"]}, "inline"),
        ({"enum": list("abcdef")}, "inline"),
        ({"enum": [letter * 20 for letter in "abcdef"]}, "listed"),
        ({"enum": ["x" * 90, "y"]}, "listed"),
        ({"enum": ["x" * 90, "y"], "ui:options": {"inline": True}}, "inline"),
        ({"enum": [letter * 20 for letter in "abcdefghijklmnopq"]}, "boxed"),
    ],
)
def test_answers_stand_side_by_side_only_if_they_are_short(
    part: dict[str, Any], arrangement: str
) -> None:
    html = SchemaForm(one({**part, "ui:widget": "radio"})).render()

    assert f"choices--{arrangement}" in html


def test_a_truth_may_be_asked_in_words() -> None:
    named = {"type": "boolean", "enumNames": ["Ja", "Nein"], "ui:widget": "radio"}
    titled = {
        "type": "boolean",
        "ui:widget": "select",
        "oneOf": [{"const": True, "title": "Ja"}, {"const": False, "title": "Nein"}],
    }
    for part in (named, titled):
        html = SchemaForm(one(part)).render()
        assert "Ja" in html
        assert "Nein" in html
        assert SchemaForm(one(part), post={"d/x": "false"}).data == {"x": False}


MCP: list[dict[str, Any]] = [
    {"type": "string", "enum": ["r", "g"]},
    {"type": "string", "enum": ["r", "g"], "enumNames": ["Red", "Green"]},
    {"type": "string", "oneOf": [{"const": "r", "title": "Red"}, {"const": "g", "title": "Green"}]},
    {"type": "array", "minItems": 1, "items": {"type": "string", "enum": ["r", "g"]}},
    {
        "type": "array",
        "maxItems": 2,
        "items": {"anyOf": [{"const": "r", "title": "Red"}, {"const": "g", "title": "Green"}]},
    },
]


@pytest.mark.parametrize("part", MCP)
def test_the_five_ways_of_model_context_protocol_to_ask_for_a_choice_are_known(
    part: dict[str, Any],
) -> None:
    schema = one(part, required=True)
    is_list = part["type"] == "array"
    wanted: Any = ["g"] if is_list else "g"
    # Without `uniqueItems` it is a list, with a row for each choice.
    name, rows = ("d/x/n1", {"r/x": ["=", "n1"]}) if is_list else ("d/x", {})

    assert SchemaForm(schema, post={**rows, name: "g"}).data == {"x": wanted}
    refused = SchemaForm(schema, post={**rows, name: "b"})
    assert refused.errors == {"/x/0" if is_list else "/x": [CHOICE]}
    kept = SchemaForm(schema, stored={"x": wanted})
    assert ("Green" in kept.render()) == ("Green" in str(part))
    assert SchemaForm(schema, post=untouched(kept)).data == {"x": wanted}


def test_objects_are_called_by_their_titles() -> None:
    offered = [{"name": "Ann", "id": 1}, {"title": "Ben", "id": 2}, {"id": 3}]
    html = SchemaForm(one({"enum": offered})).render()

    assert all(f">{text}</option>" in html for text in ("Ann", "Ben", "{&quot;id&quot;: 3}"))


def test_a_short_question_that_must_be_answered_shows_its_answers() -> None:
    few, many = {"enum": ["a", "b"]}, {"enum": list("abcde")}

    assert 'type="radio"' in SchemaForm(one(few, required=True)).render()
    assert "<select" in SchemaForm(one(few)).render()
    assert "<select" in SchemaForm(one(many, required=True)).render()
    assert "<select" in SchemaForm(one({"enum": ["a" * 60, "b"]}, required=True)).render()


def test_an_optional_answer_can_be_taken_back() -> None:
    schema = one({"enum": ["a", "b"], "ui:widget": "radio"})

    assert "No answer" in SchemaForm(schema).render()
    assert SchemaForm(schema, stored={"x": "a"}, post={"d/x": ""}).data == {}


def test_what_is_no_longer_offered_is_shown_and_not_replaced() -> None:
    schema = one({"enum": ["a", "b"]}, required=True)
    form = SchemaForm(schema, stored={"x": "old"})

    assert "old (no longer offered)" in form.render()
    again = SchemaForm(schema, stored={"x": "old"}, post=untouched(form))
    assert again.errors == {"/x": [CHOICE]}
    assert "old (no longer offered)" in again.render()


def test_yes_no_or_nothing_is_a_choice_of_three() -> None:
    schema = one({"type": ["boolean", "null"]}, required=True)

    assert SchemaForm(schema, post={"d/x": "true"}).data == {"x": True}
    assert SchemaForm(schema, post={"d/x": "false"}).data == {"x": False}
    assert SchemaForm(schema, post={"d/x": ""}).data == {"x": None}


def test_a_box_that_must_be_ticked_says_so_when_it_is_not() -> None:
    schema = one({"type": "boolean", "const": True, "title": "I agree"}, required=True)

    assert SchemaForm(schema, post=untouched(SchemaForm(schema))).errors == {
        "/x": ["This field is required."]
    }
    assert SchemaForm(schema, post={"d/x": ["false", "true"]}).data == {"x": True}
    assert SchemaForm(one({"type": "boolean", "const": True}), post={"d/x": "false"}).data == {}


def test_a_choice_that_is_only_shown_and_was_never_made_is_a_dash() -> None:
    chosen = {"type": "string", "enum": ["travel", "hotel"], "readOnly": True}

    shown = SchemaForm({"type": "object", "properties": {"category": chosen}}, stored={}).render()

    assert "–" in shown
    assert "travel" not in shown


def test_options_that_are_called_alike_can_be_told_apart() -> None:
    named = {"enum": ["a", "b", "c"], "enumNames": ["Springfield", "Springfield", "C"]}
    html = SchemaForm(one(named)).render()

    assert "Springfield (a)" in html
    assert "Springfield (b)" in html
    assert ">C<" in html
    html = SchemaForm(one({"enum": [1, "1", True, "Yes", 2, 2.0]})).render()
    for label in ("1 (1)", "1 (&quot;1&quot;)", "Yes (true)", "Yes (&quot;Yes&quot;)", ">2<"):
        assert label in html

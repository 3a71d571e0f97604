"""Questions that depend on answers: shown when they matter, clean at first, then gone."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import untouched
from tests.tasks_ui.schema_form.robot import Robot

COUNTRY: dict[str, Any] = {
    "type": "object",
    "properties": {"country": {"enum": ["US", "DE", "FR"]}},
    "if": {"properties": {"country": {"const": "US"}}},
    "then": {"properties": {"state": {"type": "string"}}, "required": ["state"]},
    "else": {"properties": {"region": {"type": "string"}}},
}


def names(**more: Any) -> list[str]:
    return list(untouched(SchemaForm(COUNTRY, **more)))


def test_before_an_answer_neither_branch_is_shown() -> None:
    assert names() == ["d/country"]


def test_the_branch_of_what_is_stored_is_shown() -> None:
    assert names(stored={"country": "US"}) == ["d/country", "d/state"]
    assert names(stored={"country": "DE"}) == ["d/country", "d/region"]


def test_an_answer_shows_its_branch_when_somebody_looks() -> None:
    assert names(post={"d/country": "US", "x": "look"}) == ["d/country", "d/state"]
    assert names(post={"d/country": "DE"}, preview=True) == ["d/country", "d/region"]


def test_a_question_that_has_just_appeared_is_no_error_and_nothing_is_sent() -> None:
    form = SchemaForm(COUNTRY, post={"d/country": "US"})

    assert not form.is_valid()
    assert form.errors == {}
    assert [node.name for node in form.revealed] == ["d/state"]
    again = SchemaForm(COUNTRY, post={"d/country": "US", "d/state": ""})
    assert again.errors == {"/state": ["This field is required."]}
    assert SchemaForm(COUNTRY, post={"d/country": "US", "d/state": "NY"}).is_valid()


def test_who_submits_without_an_answer_is_asked_what_the_rules_need() -> None:
    first = SchemaForm(COUNTRY, post={"d/country": ""})

    assert [node.name for node in first.revealed] == ["d/state"]
    assert names(post={"d/country": "", "d/state": "", "x": "look"}) == ["d/country", "d/state"]


def test_the_answer_of_a_branch_that_is_gone_is_not_sent_and_comes_back_with_it() -> None:
    post = {"d/country": "DE", "d/state": "NY", "d/region": ""}
    form = SchemaForm(COUNTRY, post=post, stored={"country": "US", "state": "NY", "other": 1})

    assert form.data == {"country": "DE", "other": 1}
    carried = {"c": ["d/state"], "j": ["1"]}
    assert untouched(form) == {**{name: [text] for name, text in post.items()}, **carried}
    back = SchemaForm(COUNTRY, post={**untouched(form), "d/country": "US", "x": "look"})
    assert untouched(back)["d/state"] == ["NY"]


def test_a_password_of_a_branch_that_is_gone_is_not_carried_along() -> None:
    schema = {**COUNTRY, "then": {"properties": {"pin": {"type": "string", "format": "password"}}}}

    assert "secret" not in SchemaForm(schema, post={"d/country": "DE", "s/pin": "secret"}).render()


@pytest.mark.parametrize(
    "rule",
    [
        {"dependentSchemas": {"card": {"properties": {"code": {}}}}},
        {"dependencies": {"card": {"properties": {"code": {}}}}},
        {"allOf": [{"if": {"required": ["card"]}, "then": {"properties": {"code": {}}}}]},
    ],
)
def test_a_property_may_bring_others(rule: Any) -> None:
    schema = {"properties": {"card": {"type": "string"}}, **rule}

    assert list(untouched(SchemaForm(schema))) == ["d/card"]
    assert list(untouched(SchemaForm(schema, stored={"card": "1"}))) == ["d/card", "d/code"]


def test_alternatives_that_an_answer_decides_need_no_choice() -> None:
    schema = {
        "properties": {"pets": {"enum": ["no", "one"], "default": "no"}},
        "dependencies": {
            "pets": {
                "oneOf": [
                    {"properties": {"pets": {"enum": ["no"]}}},
                    {
                        "properties": {"pets": {"enum": ["one"]}, "age": {"type": "integer"}},
                        "required": ["age"],
                    },
                ]
            }
        },
    }

    assert list(untouched(SchemaForm(schema))) == ["d/pets"]
    one = SchemaForm(schema, post={"d/pets": "one", "x": "look"})
    assert list(untouched(one)) == ["d/pets", "d/age"]
    assert 'value="no"' in one.render()
    # What this answer needs is a question that was not asked yet, and no error.
    assert SchemaForm(schema, post={"d/pets": "one"}).errors == {}


def test_answers_may_bring_questions_whose_answers_bring_questions() -> None:
    schema: dict[str, Any] = {"properties": {"q0": {"type": "boolean"}}, "allOf": []}
    for n in range(4):
        schema["allOf"].append(
            {
                "if": {"properties": {f"q{n}": {"const": True}}, "required": [f"q{n}"]},
                "then": {"properties": {f"q{n + 1}": {"type": "boolean", "default": True}}},
            }
        )

    assert list(untouched(SchemaForm(schema, stored={f"q{n}": True for n in range(4)}))) == [
        f"d/q{n}" for n in range(5)
    ]


def test_defaults_count_as_answers_in_a_new_form() -> None:
    schema = {**COUNTRY, "properties": {"country": {"enum": ["US", "DE"], "default": "US"}}}

    assert list(untouched(SchemaForm(schema))) == ["d/country", "d/state"]


def test_a_button_that_decides_can_bring_questions() -> None:
    schema = {
        "properties": {"decision": {"enum": ["yes", "no"]}},
        "required": ["decision"],
        "if": {"properties": {"decision": {"const": "no"}}},
        "then": {"properties": {"why": {"type": "string"}}},
    }
    exclude = frozenset({"decision"})

    assert SchemaForm(schema, post={}, exclude=exclude).is_valid()
    assert SchemaForm(schema, post={}, exclude=exclude, decided={"decision": "yes"}).is_valid()
    no = SchemaForm(schema, post={}, exclude=exclude, decided={"decision": "no"})
    assert [node.name for node in no.revealed] == ["d/why"]


def test_errors_are_told_while_filling_in_only_after_a_submit() -> None:
    post = {"d/country": "US", "d/state": "", "x": "look"}

    assert SchemaForm(COUNTRY, post=post).errors == {}
    assert list(SchemaForm(COUNTRY, post={**post, "j": "1"}).errors) == ["/state"]


def test_what_was_stored_although_no_question_asks_for_it_stays() -> None:
    stored = {"country": "US", "state": "NY", "region": "kept"}
    form = SchemaForm(COUNTRY, stored=stored)

    assert SchemaForm(COUNTRY, stored=stored, post=untouched(form)).data == stored
    assert SchemaForm(
        COUNTRY, stored={}, post=untouched(SchemaForm(COUNTRY, stored={}))
    ).errors == {"/state": ["This field is required."]}


def test_a_name_that_must_be_there_and_that_nobody_describes_can_be_given() -> None:
    assert SchemaForm(
        {"required": ["age"], "properties": {"a": {}}}, post={"d/age": "5"}
    ).is_valid()


RATE: dict[str, Any] = {
    "type": "object",
    "properties": {"kind": {"enum": ["car", "train"], "default": "car"}},
    "if": {"properties": {"kind": {"const": "car"}}},
    "then": {"properties": {"rate": {"type": "integer", "default": 5}}},
    "else": {"properties": {"rate": {"type": "integer", "default": 9}}},
}


def test_another_answer_brings_its_own_default_and_an_untouched_one_goes() -> None:
    robot = Robot(RATE)

    assert robot.send().data == {"kind": "car", "rate": 5}
    robot.fill("d/kind", "train")
    assert robot.send().data == {"kind": "train", "rate": 9}
    robot.fill("d/kind", "car")
    assert robot.send().data == {"kind": "car", "rate": 5}


@pytest.mark.parametrize("typed", ["7", "9", ""])
def test_what_somebody_has_written_over_a_default_stays(typed: str) -> None:
    robot = Robot(RATE)
    robot.fill("d/rate", typed)
    before = robot.send().data.get("rate")
    robot.fill("d/kind", "train")

    assert robot.send().data.get("rate") == before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"default": 1}, {}),
        ({}, {"default": 2}),
        ({"type": "boolean", "default": True}, {"type": "boolean"}),
        ({"enum": [1, 2], "default": 1}, {"enum": [1, 2], "default": 2}),
        ({"type": "string", "default": "one\nline"}, {"type": "string", "default": "x"}),
    ],
)
def test_a_default_that_no_other_answer_has_goes_as_well(one: Any, other: Any) -> None:
    schema = {
        **RATE,
        "properties": {**RATE["properties"], "rate": {"title": "Rate"}},
        "then": {"properties": {"rate": one}},
        "else": {"properties": {"rate": other}},
    }
    robot = Robot(schema)
    first = robot.send().data
    assert first.get("rate") == one.get("default")
    robot.fill("d/kind", "train")
    assert robot.send().data.get("rate", False) == other.get("default", False)
    robot.fill("d/kind", "car")
    assert robot.send().data == first


def test_the_default_of_an_answer_goes_before_that_of_the_field() -> None:
    robot = Robot({**RATE, "properties": {**RATE["properties"], "rate": {"default": 1}}})

    assert robot.send().data == {"kind": "car", "rate": 5}


def test_without_scripts_another_default_is_shown_before_it_is_sent() -> None:
    robot = Robot(RATE)
    robot.control("d/kind").fill("train")
    answer = robot.send()

    assert not answer.is_valid()
    assert answer.errors == {}
    assert untouched(answer)["d/rate"] == ["9"]
    assert SchemaForm(RATE, post=untouched(answer)).data == {"kind": "train", "rate": 9}


def test_an_answer_of_what_is_stored_is_no_default() -> None:
    robot = Robot(RATE, None, {"kind": "car", "rate": 5})
    robot.fill("d/kind", "train")

    assert robot.send().data == {"kind": "train", "rate": 5}


@pytest.mark.parametrize(
    "rule",
    [
        {"if": {"properties": {"far": {"const": False}}}, "then": {"properties": {"why": {}}}},
        {"dependentSchemas": {"far": {"properties": {"why": {}}}}},
        {"dependencies": {"far": {"properties": {"why": {}}}}},
    ],
)
def test_an_unticked_box_is_an_answer_from_the_beginning(rule: Any) -> None:
    robot = Robot({"properties": {"far": {"type": "boolean"}}, **rule})

    assert [control.name for control in robot.controls] == ["d/far", "d/why"]
    assert robot.send().data == {"far": False}


def test_a_question_that_depends_on_a_box_comes_and_goes_with_it() -> None:
    for far in ({"type": "boolean"}, {"const": True}, {"type": "boolean", "default": False}):
        robot = Robot(
            {
                "properties": {"far": far},
                "if": {"properties": {"far": {"const": True}}, "required": ["far"]},
                "then": {"properties": {"miles": {}}},
            }
        )
        before = robot.look
        robot.tick("d/far")
        assert [control.name for control in robot.controls] == ["d/far", "d/miles"]
        robot.tick("d/far", on=False)
        assert robot.look == before


def test_what_an_answer_brings_counts_with_its_default_at_once() -> None:
    schema = {
        "properties": {"far": {"type": "boolean"}},
        "if": {"properties": {"far": {"const": True}}, "required": ["far"]},
        "then": {
            "properties": {"how": {"enum": ["car", "train"], "default": "car"}},
            "if": {"properties": {"how": {"const": "car"}}, "required": ["how"]},
            "then": {"properties": {"plate": {}}},
        },
    }
    robot = Robot(schema)
    robot.tick("d/far")

    assert [control.name for control in robot.controls] == ["d/far", "d/how", "d/plate"]

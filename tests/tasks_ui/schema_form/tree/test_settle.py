"""Questions that depend on answers: shown when they matter, clean at first, then gone."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import untouched

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
    assert untouched(form) == {**{name: [text] for name, text in post.items()}, "j": ["1"]}
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

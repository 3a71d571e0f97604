"""Choices that stand among fields: what an answer leaves open, and which fields are filled in."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, alternatives, chosen, untouched

TEXT = {"type": "string"}
DEBIT: dict[str, Any] = {
    "properties": {"method": {"const": "card"}, "kind": {"const": "debit"}, "iban": TEXT},
    "required": ["kind"],
}
CREDIT = {
    "properties": {
        "method": {"const": "card"},
        "kind": {"const": "credit"},
        "limit": {"type": "integer"},
    },
    "required": ["kind"],
}
PAYMENT: dict[str, Any] = {
    "type": "object",
    "properties": {"method": {"enum": ["cash", "card"]}, "note": TEXT},
    "required": ["method"],
    "oneOf": [{"properties": {"method": {"const": "cash"}}}, DEBIT, CREDIT],
}
CARD = {"d/method": "card", "x": "look"}
[KIND] = chosen(SchemaForm(PAYMENT, post=CARD))
SIGNS = alternatives(SchemaForm(PAYMENT, post=CARD), KIND)


def names(form: SchemaForm) -> list[str]:
    """Give the names of the fields from top to bottom."""
    return list(dict.fromkeys(untouched(form)))


def test_of_several_that_share_the_deciding_value_one_is_chosen() -> None:
    assert names(SchemaForm(PAYMENT)) == ["d/method", "d/note"]
    look = SchemaForm(PAYMENT, post=CARD)
    assert names(look) == ["d/method", KIND, "d/note"]
    assert list(SIGNS) == ["–", "debit", "credit"]
    assert ">Kind</label>" in look.render()

    post = {"d/method": "card", "d/limit": "3", "d/note": "n", KIND: SIGNS["credit"]}
    form = SchemaForm(PAYMENT, post=post)
    assert form.is_valid()
    assert form.data == {"method": "card", "kind": "credit", "limit": 3, "note": "n"}
    cash = SchemaForm(PAYMENT, post={**post, "d/method": "cash"})
    assert (cash.errors, cash.data) == ({}, {"method": "cash", "note": "n"})


@pytest.mark.parametrize("kind", ["debit", "credit"])
@pytest.mark.parametrize("more", [{}, {"note": "n"}])
def test_what_is_stored_is_of_the_one_that_it_fits_and_comes_back(
    kind: str, more: dict[str, str]
) -> None:
    data = {"method": "card", "kind": kind, **more}
    nested = {"type": "object", "properties": {"pays": {"type": "array", "items": PAYMENT}}}
    rows = {"pays": [{"method": "cash"}, data]}

    assert chosen(SchemaForm(PAYMENT, stored=data)) == {KIND: kind}
    for schema, stored in ((PAYMENT, data), (nested, rows), ({"allOf": [PAYMENT]}, data)):
        post = untouched(SchemaForm(schema, stored=stored))
        assert SchemaForm(schema, stored=stored, post=post).data == stored


def test_a_choice_that_an_answer_brings_is_a_question_and_no_error_at_first() -> None:
    first = SchemaForm(PAYMENT, post={"d/method": "card"})
    assert (first.is_valid(), first.errors) == (False, {})
    assert [node.name for node in first.revealed] == [KIND]

    again = SchemaForm(PAYMENT, post={"d/method": "card", KIND: ""})
    assert again.errors == {"": ["Choose one of these: debit, credit."]}


def test_what_was_typed_comes_back_with_its_alternative() -> None:
    post = {"d/method": "card", KIND: SIGNS["debit"], "d/iban": "DE02", "d/note": "n"}
    credit = untouched(SchemaForm(PAYMENT, post={**post, KIND: SIGNS["credit"], "x": "look"}))
    cash = untouched(SchemaForm(PAYMENT, post={**credit, "d/method": "cash", "x": "look"}))
    sent = SchemaForm(PAYMENT, post=cash)
    assert sent.data == {"method": "cash", "note": "n"}

    back = {**cash, "d/method": "card", KIND: SIGNS["debit"], "x": "look"}
    assert untouched(SchemaForm(PAYMENT, post=back))["d/iban"] == ["DE02"]


def test_a_choice_of_another_answer_is_none_of_this_one() -> None:
    transfer = [
        {
            "properties": {"method": {"const": "bank"}, "speed": {"const": speed}},
            "required": ["speed"],
        }
        for speed in ("slow", "fast")
    ]
    schema = {
        **PAYMENT,
        "properties": {"method": {"enum": ["cash", "card", "bank"]}},
        "oneOf": [*PAYMENT["oneOf"], *transfer],
    }

    form = SchemaForm(schema, post={"d/method": "bank", KIND: SIGNS["credit"]})

    assert (form.is_valid(), form.errors, form.data) == (False, {}, {"method": "bank"})
    assert list(alternatives(form, KIND)) == ["–", "slow", "fast"]
    assert ">Speed</label>" in form.render()


def test_what_two_alternatives_allow_is_left_open_where_nothing_has_to_be_chosen() -> None:
    loose = [{**part, "required": []} for part in PAYMENT["oneOf"]]
    schema = {key: value for key, value in PAYMENT.items() if key != "oneOf"} | {"anyOf": loose}
    form = SchemaForm(schema, stored={"method": "card"})

    assert chosen(form) == {KIND: "–"}
    assert SchemaForm(schema, post=untouched(form)).data == {"method": "card"}


def test_of_two_that_are_left_and_have_the_same_constants_one_is_shown() -> None:
    other = {"properties": {**DEBIT["properties"], "bank": TEXT}, "required": ["kind"]}
    schema = {key: value for key, value in PAYMENT.items() if key != "oneOf"}
    schema["anyOf"] = [*PAYMENT["oneOf"], other]
    plain = {"method": "card", "kind": "debit"}
    for data in (plain, {**plain, "bank": "B"}):
        form = SchemaForm(schema, stored=data)
        assert chosen(form)[KIND].startswith("debit")
        assert ("d/bank" in untouched(form)) == ("bank" in data)
        assert SchemaForm(schema, stored=data, post=untouched(form)).data == data


EITHER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": TEXT,
        "mail": {**TEXT, "title": "E-mail"},
        "tel": {**TEXT, "title": "Phone"},
    },
    "oneOf": [{"required": ["mail"]}, {"required": ["tel"]}],
}
[FILL] = chosen(SchemaForm(EITHER))
FILLED = alternatives(SchemaForm(EITHER), FILL)


def test_of_fields_that_exclude_each_other_one_is_chosen() -> None:
    assert names(SchemaForm(EITHER)) == ["d/name", FILL, "d/mail"]
    assert list(FILLED) == ["E-mail", "Phone"]
    assert ">What to fill in</label>" in SchemaForm(EITHER).render()

    post = {"d/name": "Ana", "d/mail": "a@b.c", FILL: FILLED["E-mail"]}
    assert SchemaForm(EITHER, post=post).data == {"name": "Ana", "mail": "a@b.c"}
    phone = SchemaForm(EITHER, post={**post, FILL: FILLED["Phone"], "d/tel": ""})
    assert phone.errors == {"/tel": ["This field is required."]}
    assert untouched(phone)["d/mail"] == ["a@b.c"]
    assert SchemaForm(EITHER, post={**untouched(phone), "d/tel": "1"}).data == {
        "name": "Ana",
        "tel": "1",
    }


@pytest.mark.parametrize("data", [{"mail": "a"}, {"tel": "1"}, {"tel": "1", "name": "Ana"}])
def test_the_field_that_is_stored_is_the_chosen_one(data: dict[str, str]) -> None:
    form = SchemaForm(EITHER, stored=data)

    assert chosen(form)[FILL] == ("Phone" if "tel" in data else "E-mail")
    assert SchemaForm(EITHER, stored=data, post=untouched(form)).data == data


def test_what_is_said_of_the_object_is_not_said_of_the_choice_again() -> None:
    schema = {"properties": {"a": {**EITHER, "description": "How to reach you."}}}

    assert SchemaForm(schema).render().count("How to reach you.") == 1


def test_who_has_filled_in_fields_without_a_choice_means_these() -> None:
    assert SchemaForm(EITHER, post={"d/mail": "", "d/tel": "1"}).data == {"tel": "1"}
    both = SchemaForm(EITHER, post={"d/mail": "a", "d/tel": "1"})
    assert (both.is_valid(), both.errors) == (False, {})
    assert [node.name for node in both.revealed] == [FILL]
    assert untouched(both)["d/tel"] == ["1"]


def test_none_of_them_can_be_one_of_them() -> None:
    none = {"not": {"anyOf": EITHER["oneOf"]}}
    schema = {**EITHER, "oneOf": [*EITHER["oneOf"], none]}
    form = SchemaForm(schema, stored={"name": "Ana"})

    assert chosen(form).popitem()[1] == "None of these"
    assert SchemaForm(schema, stored={"name": "Ana"}, post=untouched(form)).data == {"name": "Ana"}


def test_fields_of_which_some_are_needed_are_named_before_anything_is_filled_in() -> None:
    schema = {key: value for key, value in EITHER.items() if key != "oneOf"}
    schema |= {"anyOf": [*EITHER["oneOf"], {"required": ["name", "tel"]}]}
    form = SchemaForm(schema, {"name": {"ui:title": "Full name"}})

    assert names(form) == ["d/name", "d/mail", "d/tel"]
    words = "Fill in E-mail, Phone, or Full name and Phone."
    assert words in form.render()
    empty = SchemaForm(schema, {"name": {"ui:title": "Full name"}}, post=untouched(form))
    assert empty.errors == {"": [words]}
    assert SchemaForm(schema, post={"d/mail": "a", "d/tel": "1"}).is_valid()


def test_a_choice_that_does_not_exist_any_more_is_said_at_the_object() -> None:
    form = SchemaForm(EITHER, post={FILL: "1", "d/mail": "a", "d/name": "Ana"})

    assert form.errors[""][0].startswith("Select a valid choice.")
    assert untouched(form)["d/mail"] == ["a"]
    assert Browser(form.render()).problems == []


def test_what_the_button_decides_is_no_part_of_a_choice() -> None:
    schema = {
        "type": "object",
        "properties": {"decision": {"enum": ["yes", "no"]}, **EITHER["properties"]},
        "required": ["decision"],
        "oneOf": EITHER["oneOf"],
    }
    exclude = frozenset({"decision"})

    # Such a rule depends on no button, and is told before anything is decided.
    post = {FILL: FILLED["Phone"], "d/tel": ""}
    form = SchemaForm(schema, post=post, exclude=exclude, decided={"decision": "yes"})
    assert form.errors == {"/tel": ["This field is required."]}

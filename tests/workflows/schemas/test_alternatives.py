"""What is said about data that fits none of several alternatives, or too many."""

from __future__ import annotations

from typing import Any

import pytest

from workflows.schemas import validate

CAT = {"properties": {"kind": {"const": "cat"}, "lives": {"maximum": 9}}, "required": ["kind"]}
DOG = {
    "properties": {"kind": {"const": "dog"}, "tag": {"type": "string"}},
    "required": ["kind", "tag"],
}
PETS = [CAT, DOG]
TOGETHER = "These must not be filled in together: E-mail, Phone."
MORE_THAN_ONE = "This fits more than one of the allowed forms."
REQUIRED = "This field is required."


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_only_what_is_wrong_with_the_chosen_alternative_is_told(keyword: str) -> None:
    schema = {"properties": {"pet": {keyword: PETS}}}
    data = {"pet": {"kind": "dog", "lives": 10}}

    assert validate(schema, data, {"/pet": [(PETS, 1)]}) == {"/pet/tag": [REQUIRED]}
    assert set(validate(schema, data, {"/pet": [(PETS, 0)]})) == {"/pet/kind", "/pet/lives"}


def test_a_chosen_alternative_is_told_of_although_two_others_fit() -> None:
    numbers = [{"type": "string"}, {"minimum": 1}, {"minimum": 2}]

    assert validate({"oneOf": numbers}, 3, {"": [(numbers, 0)]}) == {"": ["Enter a text."]}


def test_a_chosen_alternative_that_fits_is_not_the_only_one() -> None:
    numbers = [{"minimum": 1}, {"minimum": 2}]

    assert validate({"oneOf": numbers}, 3, {"": [(numbers, 0)]}) == {"": [MORE_THAN_ONE]}
    assert validate({"oneOf": numbers}, 3) == {"": [MORE_THAN_ONE]}


def test_an_author_has_own_words_for_too_many_that_fit() -> None:
    schema = {"oneOf": [{}, {}], "x-error": {"oneOf": "Make up your mind."}}

    assert validate(schema, 3) == {"": ["Make up your mind."]}


def test_alternatives_within_alternatives_are_chosen_at_the_same_place() -> None:
    inner: list[Any] = [{"type": "integer"}, {"type": "boolean"}]
    outer: list[Any] = [{"type": "string"}, {"oneOf": inner}]
    chosen = {"/a": [(outer, 1), (inner, 0)]}

    found = validate({"properties": {"a": {"anyOf": outer}}}, {"a": 1.5}, chosen)

    assert found == {"/a": ["Enter a whole number."]}


def test_a_choice_elsewhere_or_between_other_alternatives_says_nothing() -> None:
    schema = {"oneOf": [{"type": "string"}, {"type": "boolean"}]}
    other = [{"type": "string"}]

    found = validate(schema, 3, {"": [(other, 0)], "/a": [(schema["oneOf"], 0)]})

    assert found == {"": ["This does not fit any of the allowed forms."]}


def test_a_choice_is_no_way_round_the_others() -> None:
    schema = {"oneOf": PETS}

    assert validate(schema, {"kind": "cat"}, {"": [(PETS, 0)]}) == {}
    assert validate(schema, {"kind": "fox"}, {"": [(PETS, 0)]}) != {}


FIELDS: dict[str, Any] = {
    "properties": {"mail": {"title": "E-mail"}, "tel": {"title": "Phone"}, "fax": {}}
}
NAMED = [{"required": ["mail"]}, {"required": ["tel"]}, {"required": ["fax", "tel"]}]


@pytest.mark.parametrize(
    ("rules", "data", "told"),
    [
        ({"oneOf": NAMED[:2]}, {}, "Fill in either E-mail or Phone."),
        ({"anyOf": NAMED[:2]}, {}, "Fill in E-mail or Phone."),
        ({"oneOf": NAMED[:2]}, {"mail": 1, "tel": 1}, "Fill in only E-mail or Phone."),
        ({"oneOf": NAMED[::2]}, {}, "Fill in either E-mail, or fax and Phone."),
        ({"anyOf": NAMED}, {}, "Fill in E-mail, Phone, or fax and Phone."),
        (
            {"oneOf": [*NAMED[:2], {"not": {"required": ["fax"]}}]},
            {"fax": 1},
            "Fill in either E-mail or Phone.",
        ),
        (
            {
                "anyOf": [
                    {"required": ["mail"], "not": {"required": ["tel"]}},
                    {"required": ["fax"]},
                ]
            },
            {"mail": 1, "tel": 1},
            "Fill in E-mail or fax.",
        ),
        ({"allOf": [{"oneOf": NAMED[:2]}]}, {}, "Fill in either E-mail or Phone."),
        ({"not": {"required": ["mail", "tel"]}}, {"mail": 1, "tel": 1}, TOGETHER),
    ],
)
def test_alternatives_of_what_is_required_are_told_by_the_names_of_the_fields(
    rules: dict[str, Any], data: dict[str, Any], told: str
) -> None:
    assert validate(FIELDS | rules, data) == {"": [told]}
    assert validate({"properties": {"a": FIELDS | rules}}, {"a": data}) == {"/a": [told]}
    assert validate({"items": FIELDS | rules}, [data]) == {"/0": [told]}


def test_whoever_asks_says_what_fields_are_called() -> None:
    called = {"/a/mail": "Mail at home", "/a/fax": "Old machine"}.get
    schema = {"properties": {"a": FIELDS | {"oneOf": NAMED[::2]}}}

    found = validate(schema, {"a": {}}, None, lambda pointer: called(pointer, ""))

    assert found == {"/a": ["Fill in either Mail at home, or Old machine and Phone."]}


def test_of_what_is_required_the_chosen_one_is_told_too() -> None:
    listed = NAMED[:2]
    assert validate({"oneOf": listed}, {}, {"": [(listed, 1)]}) == {"/tel": [REQUIRED]}


def test_where_nobody_has_chosen_it_is_said_what_to_say() -> None:
    assert validate({"oneOf": PETS}, {}, {"": [(PETS, "Which is it?")]}) == {"": ["Which is it?"]}


def test_what_is_no_object_is_filled_in_already() -> None:
    assert validate({"oneOf": NAMED[:2]}, 3) == {"": ["Fill in either mail or tel."]}

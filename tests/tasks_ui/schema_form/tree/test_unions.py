"""A value of one of several forms: chosen, recognised, switched, and told what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import untouched

CAT = {
    "title": "Cat",
    "type": "object",
    "properties": {
        "kind": {"const": "cat"},
        "lives": {"type": "integer"},
        "name": {"type": "string"},
    },
    "required": ["kind", "lives"],
}
DOG = {
    "title": "Dog",
    "type": "object",
    "properties": {
        "kind": {"const": "dog"},
        "tricks": {"type": "string"},
        "name": {"type": "string"},
    },
    "required": ["tricks"],
}
PET = {"type": "object", "properties": {"pet": {"oneOf": [CAT, DOG]}}, "required": ["pet"]}


def test_the_first_one_is_shown_where_there_must_be_one() -> None:
    assert untouched(SchemaForm(PET)) == {"v/pet": ["0"], "d/pet/lives": [""], "d/pet/name": [""]}
    assert untouched(SchemaForm({"properties": PET["properties"]})) == {"v/pet": [""]}


def test_what_is_stored_is_recognised() -> None:
    dog = {"pet": {"kind": "dog", "tricks": "sit", "extra": 1}}
    form = SchemaForm(PET, stored=dog)

    assert untouched(form) == {"v/pet": ["1"], "d/pet/tricks": ["sit"], "d/pet/name": [""]}
    assert SchemaForm(PET, stored=dog, post=untouched(form)).data == dog
    # Too little for either: the constant tells.
    assert untouched(SchemaForm(PET, stored={"pet": {"kind": "dog"}}))["v/pet"] == ["1"]


def test_switching_keeps_what_both_have_and_drops_what_only_the_other_has() -> None:
    post = {"v/pet": "1", "d/pet/lives": "9", "d/pet/name": "Rex", "d/pet/tricks": "sit"}
    look = SchemaForm(PET, post={**post, "x": "look"})
    cat = {"pet": {"kind": "cat", "lives": 9, "name": "Rex"}}

    assert untouched(look) == {
        "d/pet/lives": ["9"],
        "v/pet": ["1"],
        "d/pet/tricks": ["sit"],
        "d/pet/name": ["Rex"],
    }
    assert SchemaForm(PET, post=post).data == {
        "pet": {"kind": "dog", "name": "Rex", "tricks": "sit"}
    }
    assert SchemaForm(PET, stored=cat, post=post).data == SchemaForm(PET, post=post).data


def test_only_what_is_wrong_with_the_chosen_one_is_told() -> None:
    form = SchemaForm(PET, post={"v/pet": "1", "d/pet/tricks": "", "d/pet/name": ""})

    assert form.errors == {"/pet/tricks": ["This field is required."]}


def test_a_choice_whose_fields_were_not_shown_yet_is_clean() -> None:
    form = SchemaForm(PET, post={"v/pet": "1", "d/pet/lives": "", "d/pet/name": ""})

    assert not form.is_valid()
    assert form.errors == {}
    assert [node.label for node in form.revealed] == ["Tricks"]


@pytest.mark.parametrize("choice", ["7", "-1", "x", "1e3", "٣", "9" * 50])
def test_a_choice_that_does_not_exist_is_none(choice: str) -> None:
    assert untouched(SchemaForm(PET, post={"v/pet": choice}))["v/pet"] == ["0"]


def test_a_value_of_several_types_has_a_choice_too() -> None:
    schema = {"properties": {"a": {"type": ["string", "integer", "null"]}}}

    assert untouched(SchemaForm(schema)) == {"v/a": [""]}
    assert untouched(SchemaForm(schema, stored={"a": 5})) == {"v/a": ["1"], "d/a": ["5"]}
    assert SchemaForm(schema, post={"v/a": "0", "d/a": "5"}).data == {"a": "5"}
    assert SchemaForm(schema, post={"v/a": "1", "d/a": "5"}).data == {"a": 5}
    assert SchemaForm(schema, post={"v/a": "2"}).data == {"a": None}
    assert SchemaForm(schema, post={"v/a": ""}).data == {}


def test_one_choice_may_lead_to_the_next() -> None:
    inner = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
    schema = {"properties": {"a": {"oneOf": [{"type": "boolean"}, inner]}}, "required": ["a"]}

    form = SchemaForm(schema, stored={"a": 5})

    assert untouched(form) == {"v/a": ["1"], "v2/a": ["1"], "d/a": ["5"]}
    assert SchemaForm(schema, post=untouched(form)).data == {"a": 5}


def test_a_discriminator_says_which_one_it_is() -> None:
    schema: dict[str, Any] = {
        "oneOf": [{"$ref": "#/$defs/cat"}, {"$ref": "#/$defs/dog"}],
        "discriminator": {"propertyName": "kind"},
        "$defs": {
            name: {
                "properties": {"kind": {"type": "string"}, name: {"type": "string"}},
                "required": ["kind"],
                "type": "object",
            }
            for name in ("cat", "dog")
        },
    }

    assert SchemaForm(schema, post={"v": "1", "d/dog": "x"}).data == {"kind": "dog", "dog": "x"}


def test_what_tells_alternatives_apart_is_not_shown() -> None:
    schema = {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}}

    assert "kind" not in SchemaForm(schema).render()
    assert SchemaForm(schema, post={"v": "0", "d/lives": "9", "d/name": ""}).data == {
        "kind": "cat",
        "lives": 9,
    }


def test_constants_and_null_are_one_list() -> None:
    schema = {"properties": {"a": {"oneOf": [{"const": 1}, {"const": 2}, {"type": "null"}]}}}

    assert list(untouched(SchemaForm(schema))) == ["d/a"]

"""A value of one of several forms: chosen, recognised, switched, and told what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import alternatives, chosen, untouched

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
SIGNS = alternatives(SchemaForm(PET), "v/pet")
IS_CAT, IS_DOG = SIGNS["Cat"], SIGNS["Dog"]


def test_the_first_one_is_shown_where_there_must_be_one() -> None:
    assert untouched(SchemaForm(PET)) == {
        "v/pet": [IS_CAT],
        "d/pet/lives": [""],
        "d/pet/name": [""],
    }
    assert untouched(SchemaForm({"properties": PET["properties"]})) == {"v/pet": [""]}


def test_what_is_stored_is_recognised() -> None:
    dog = {"pet": {"kind": "dog", "tricks": "sit", "extra": 1}}
    form = SchemaForm(PET, stored=dog)

    assert untouched(form) == {"v/pet": [IS_DOG], "d/pet/tricks": ["sit"], "d/pet/name": [""]}
    assert SchemaForm(PET, stored=dog, post=untouched(form)).data == dog
    # Too little for either: the constant tells.
    assert untouched(SchemaForm(PET, stored={"pet": {"kind": "dog"}}))["v/pet"] == [IS_DOG]


def test_switching_keeps_what_both_have_and_drops_what_only_the_other_has() -> None:
    post = {"v/pet": IS_DOG, "d/pet/lives": "9", "d/pet/name": "Rex", "d/pet/tricks": "sit"}
    look = SchemaForm(PET, post={**post, "x": "look"})
    cat = {"pet": {"kind": "cat", "lives": 9, "name": "Rex"}}

    assert untouched(look) == {
        "c": ["d/pet/lives"],
        "d/pet/lives": ["9"],
        "v/pet": [IS_DOG],
        "d/pet/tricks": ["sit"],
        "d/pet/name": ["Rex"],
    }
    assert SchemaForm(PET, post=post).data == {
        "pet": {"kind": "dog", "name": "Rex", "tricks": "sit"}
    }
    assert SchemaForm(PET, stored=cat, post=post).data == SchemaForm(PET, post=post).data


def test_only_what_is_wrong_with_the_chosen_one_is_told() -> None:
    form = SchemaForm(PET, post={"v/pet": IS_DOG, "d/pet/tricks": "", "d/pet/name": ""})

    assert form.errors == {"/pet/tricks": ["This field is required."]}


def test_a_choice_whose_fields_were_not_shown_yet_is_clean() -> None:
    form = SchemaForm(PET, post={"v/pet": IS_DOG, "d/pet/lives": "", "d/pet/name": ""})

    assert not form.is_valid()
    assert form.errors == {}
    assert [node.label for node in form.revealed] == ["Tricks"]


@pytest.mark.parametrize("choice", ["0", "1", "7", "-1", "x", "1e3", "٣", "9" * 50])
def test_a_choice_that_does_not_exist_is_none_and_what_was_typed_stays(choice: str) -> None:
    typed = {"d/pet/lives": "9", "d/pet/name": "Tom"}
    form = SchemaForm(PET, post={**typed, "v/pet": choice})

    assert list(form.errors) == ["/pet"]
    assert form.errors["/pet"][0].startswith("Select a valid choice.")
    assert untouched(form) == {
        **{name: [text] for name, text in typed.items()},
        "c": [*typed],
        "v/pet": [""],
        "j": ["1"],
    }
    again = {**untouched(form), "v/pet": IS_CAT, "x": "look"}
    assert untouched(SchemaForm(PET, post=again))["d/pet/name"] == ["Tom"]
    # Where nothing has to be chosen, it is no answer either.
    assert not SchemaForm({"properties": PET["properties"]}, post={"v/pet": choice}).is_valid()


def test_a_value_of_several_types_has_a_choice_too() -> None:
    schema = {"properties": {"a": {"type": ["string", "integer", "null"]}}}

    assert untouched(SchemaForm(schema)) == {"v/a": [""]}
    signs = alternatives(SchemaForm(schema), "v/a")
    number = signs["Whole number"]
    assert untouched(SchemaForm(schema, stored={"a": 5})) == {"v/a": [number], "d/a": ["5"]}
    assert SchemaForm(schema, post={"v/a": signs["Text"], "d/a": "5"}).data == {"a": "5"}
    assert SchemaForm(schema, post={"v/a": number, "d/a": "5"}).data == {"a": 5}
    assert SchemaForm(schema, post={"v/a": signs["Nothing"]}).data == {"a": None}
    assert SchemaForm(schema, post={"v/a": ""}).data == {}


def test_one_choice_may_lead_to_the_next() -> None:
    inner = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
    schema = {"properties": {"a": {"oneOf": [{"type": "boolean"}, inner]}}, "required": ["a"]}

    form = SchemaForm(schema, stored={"a": 5})

    assert chosen(form) == {"v/a": "Option 2", "v2/a": "Whole number"}
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

    dog = alternatives(SchemaForm(schema), "v")["dog"]
    assert SchemaForm(schema, post={"v": dog, "d/dog": "x"}).data == {"kind": "dog", "dog": "x"}


def test_what_tells_alternatives_apart_is_not_shown() -> None:
    schema = {"oneOf": [CAT, DOG], "discriminator": {"propertyName": "kind"}}

    assert "kind" not in SchemaForm(schema).render()
    assert SchemaForm(schema, post={"v": IS_CAT, "d/lives": "9", "d/name": ""}).data == {
        "kind": "cat",
        "lives": 9,
    }


def test_constants_and_null_are_one_list() -> None:
    schema = {"properties": {"a": {"oneOf": [{"const": 1}, {"const": 2}, {"type": "null"}]}}}

    assert list(untouched(SchemaForm(schema))) == ["d/a"]


BY_NAME = {"$ref": "#/$defs/cat"}
UNNAMED = {"type": "object", "properties": {"size": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("part", "edited"),
    [
        (CAT, {**CAT, "title": "Pussycat", "description": "It sleeps."}),
        (BY_NAME, {**BY_NAME, "description": "It sleeps."}),
        ({**UNNAMED, "title": "Other"}, {"title": "Other", "type": "object"}),
        (UNNAMED, None),
        ({"type": "integer"}, None),
    ],
)
def test_what_stands_for_an_alternative_is_itself_and_no_place(part: Any, edited: Any) -> None:
    def sign(listed: list[Any], which: Any) -> str:
        schema = {"properties": {"a": {"oneOf": listed}}, "$defs": {"cat": CAT}}
        number = listed.index(which)
        return [*alternatives(SchemaForm(schema), "v/a").values()][number + 1]

    def shows(listed: list[Any], posted: str) -> Any:
        schema = {"properties": {"a": {"oneOf": listed}}, "$defs": {"cat": CAT}}
        wire = untouched(SchemaForm(schema, post={"v/a": posted, "x": "look"}))["v/a"][0]
        signs = [*alternatives(SchemaForm(schema), "v/a").values()]
        return listed[signs.index(wire) - 1] if wire else None

    before = sign([part, DOG], part)

    for listed in ([DOG, part], [{"type": "string"}, part, DOG], [DOG, {"type": "null"}, part]):
        assert shows(listed, before) == part
    assert shows([DOG, {"type": "string"}], before) is None
    if edited is not None:
        assert shows([DOG, edited], before) == edited


def test_a_reference_that_ends_in_a_number_stands_for_what_is_there() -> None:
    def form(*kinds: dict[str, Any], post: Any = None) -> SchemaForm:
        either = [{"$ref": "#/x-kinds/0"}, {"$ref": "#/x-kinds/1"}]
        schema = {"properties": {"a": {"oneOf": either}}, "x-kinds": [*kinds]}
        return SchemaForm(schema, post=post)

    first: dict[str, Any] = {"properties": {"a": {}}}
    second: dict[str, Any] = {"properties": {"b": {}}}
    sign = [*alternatives(form(first, second), "v/a").values()][1]

    again = untouched(form(second, first, post={"v/a": sign, "x": "look"}))
    assert [name for name in again if name.startswith("d")] == ["d/a/a"]


def test_two_alternatives_that_are_the_same_are_told_apart_and_called_so() -> None:
    schema = {"properties": {"a": {"oneOf": [UNNAMED, DOG, UNNAMED, {**UNNAMED, "title": "Dog"}]}}}
    offered = alternatives(SchemaForm(schema), "v/a")

    assert len(set(offered.values())) == 5
    assert list(offered) == ["–", "Option 1", "Dog (dog)", "Option 3", "Dog"]


def test_alternatives_are_called_by_different_words() -> None:
    def card(kind: str) -> dict[str, Any]:
        return {"properties": {"method": {"const": "card"}, "kind": {"const": kind}}}

    cash = {"properties": {"method": {"const": "cash"}}}
    schema = {"properties": {"a": {"oneOf": [cash, card("debit"), card("credit")]}}}
    versions = [{"title": "New", "properties": {"v": {"const": n}}} for n in (1, 2)]
    titled = {"properties": {"a": {"oneOf": [*versions, {"title": "New"}, {"type": "array"}]}}}

    assert list(alternatives(SchemaForm(schema), "v/a")) == [
        *("–", "cash", "card (debit)", "card (credit)"),
    ]
    assert list(alternatives(SchemaForm(titled), "v/a")) == [
        *("–", "New (V: 1)", "New (V: 2)", "New", "List"),
    ]


def test_a_choice_inside_another_one_is_kept_while_the_other_is_shown() -> None:
    inner = {"title": "Deep", "oneOf": [{"type": "string"}, {"type": "integer"}]}
    schema = {"properties": {"a": {"oneOf": [{"type": "boolean"}, inner]}}, "required": ["a"]}
    stored = SchemaForm(schema, stored={"a": 5})
    signs = alternatives(stored, "v/a")
    away = SchemaForm(schema, post={**untouched(stored), "v/a": signs["Yes or no"], "x": "look"})

    back = SchemaForm(schema, post={**untouched(away), "v/a": signs["Deep"], "x": "look"})

    assert chosen(back) == {"v/a": "Deep", "v2/a": "Whole number"}


def test_a_choice_that_another_brings_is_not_made_for_anybody() -> None:
    inner = {"title": "Deep", "oneOf": [{"const": {"a": 1}}, {"type": "array"}]}
    schema = {"properties": {"a": {"oneOf": [{"type": "boolean"}, inner]}}, "required": ["a"]}
    deep = alternatives(SchemaForm(schema), "v/a")["Deep"]

    form = SchemaForm(schema, post={"v/a": deep})

    assert (form.is_valid(), form.errors) == (False, {})
    assert SchemaForm(schema, post=untouched(form)).is_valid()


def test_what_is_sent_has_to_fit_what_was_chosen_and_not_only_another_one() -> None:
    strict = {**UNNAMED, "title": "Strict", "required": ["size"]}
    schema = {"properties": {"a": {"anyOf": [strict, {**UNNAMED, "title": "Loose"}]}}}
    signs = alternatives(SchemaForm(schema), "v/a")
    post = {"d/a/size": "", "v/a": signs["Strict"]}

    assert SchemaForm(schema, post=post).errors == {"/a/size": ["This field is required."]}
    assert SchemaForm(schema, post={**post, "d/a/size": "3"}).data == {"a": {"size": 3}}
    rows = {"properties": {"b": {"items": schema["properties"]["a"]}}}
    several = {"r/b": ["=", "n7", "n2"], "d/b/n7/size": "1", "v/b/n7": signs["Strict"]}
    several |= {"d/b/n2/size": "", "v/b/n2": signs["Strict"]}
    assert SchemaForm(rows, post=several).errors == {"/b/1/size": ["This field is required."]}


def test_what_was_stored_of_another_type_is_not_sent_as_the_chosen_one() -> None:
    schema = {"properties": {"a": {"type": ["integer", "object"], "properties": {"b": {}}}}}
    stored = {"a": {"b": 1}}
    post = untouched(SchemaForm(schema, stored=stored))
    number = alternatives(SchemaForm(schema), "v/a")["Whole number"]

    look = SchemaForm(schema, stored=stored, post={**post, "v/a": number, "x": "look"})
    sent = SchemaForm(schema, stored=stored, post=untouched(look))
    assert sent.errors == {"/a": ["Enter a whole number."]}

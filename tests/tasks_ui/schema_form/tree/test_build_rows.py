"""Rows of arrays and of names: added, moved, removed, left empty and told what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import untouched

ITEMS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"sku": {"type": "string"}, "qty": {"type": "integer"}},
                "required": ["sku"],
            },
        }
    },
}
STORED = {"items": [{"sku": "a", "qty": 1, "note": "kept"}, {"sku": "b", "qty": 2}]}


def press(form: SchemaForm, button: str, schema: Any = ITEMS, stored: Any = None) -> SchemaForm:
    return SchemaForm(schema, stored=stored, post={**untouched(form), "x": button})


def test_rows_begin_with_what_is_stored() -> None:
    assert untouched(SchemaForm(ITEMS, stored=STORED)) == {
        "r/items": ["=", "0", "1"],
        "d/items/0/sku": ["a"],
        "d/items/0/qty": ["1"],
        "d/items/1/sku": ["b"],
        "d/items/1/qty": ["2"],
    }


def test_a_row_is_added_and_submits_nothing() -> None:
    added = press(SchemaForm(ITEMS), "add r/items")

    assert not added.is_valid()
    assert added.errors == {}
    assert untouched(added) == {
        "r/items": ["=", "n1"],
        "d/items/n1/sku": [""],
        "d/items/n1/qty": [""],
    }
    assert untouched(press(added, "add r/items"))["r/items"] == ["=", "n1", "n2"]


def test_rows_are_moved_and_removed_with_what_is_stored_in_them() -> None:
    form = SchemaForm(ITEMS, stored=STORED)
    moved = press(form, "up r/items 1", stored=STORED)
    removed = press(moved, "del r/items 1", stored=STORED)

    assert untouched(moved)["r/items"] == ["=", "1", "0"]
    kept = SchemaForm(ITEMS, stored=STORED, post=untouched(moved)).data["items"]
    assert kept == [STORED["items"][1], STORED["items"][0]]
    assert list(untouched(removed)) == ["r/items", "d/items/0/sku", "d/items/0/qty"]
    down = press(form, "down r/items 0", stored=STORED)
    assert untouched(down)["r/items"] == ["=", "1", "0"]


@pytest.mark.parametrize(
    "button", ["del r/items 9", "up r/none 0", "del", "add", "x y z", "add d/a"]
)
def test_a_button_that_makes_no_sense_changes_nothing(button: str) -> None:
    form = SchemaForm(ITEMS, stored=STORED)

    assert untouched(press(form, button, stored=STORED)) == untouched(form)


def test_what_is_wrong_in_a_row_is_told_there_whatever_its_key() -> None:
    post = {
        "r/items": ["=", "n7", "n3"],
        "d/items/n7/sku": "a",
        "d/items/n3/sku": "",
        "d/items/n3/qty": "two",
        "d/items/n7/qty": "",
    }
    form = SchemaForm(ITEMS, post=post)

    assert form.errors == {
        "/items/1/sku": ["This field is required."],
        "/items/1/qty": ["Enter a whole number."],
    }
    assert form.error_summary[0][0] == "Items – Items 2 – Sku"


def test_an_array_without_rows_is_empty_where_it_was_there_and_absent_elsewhere() -> None:
    assert SchemaForm(ITEMS, post={"r/items": ["="]}).data == {}
    assert SchemaForm(ITEMS, stored={"items": []}, post={"r/items": ["="]}).data == {"items": []}
    assert SchemaForm({**ITEMS, "required": ["items"]}, post={"r/items": "="}).data == {"items": []}
    assert SchemaForm(ITEMS, stored=STORED, post={}).data == STORED


def test_rows_of_plain_values_that_are_left_empty_are_none() -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    form = SchemaForm(
        schema, post={"r": ["=", "n1", "n2", "n3"], "d/n1": "", "d/n2": "x", "d/n3": "3"}
    )

    assert form.errors == {"/0": ["Enter a whole number."]}
    assert SchemaForm(schema, post={"r": ["=", "n1", "n3"], "d/n1": "", "d/n3": "3"}).data == [3]


def test_keys_are_checked_and_counted_once() -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    keys = ["=", "n1", "n1", "../x", "__proto__", "-1", "1" * 99, ""]

    assert SchemaForm(schema, post={"r": keys, "d/n1": "1"}).data == [1]
    many = {"r": [f"n{n}" for n in range(700)], **{f"d/n{n}": "1" for n in range(700)}}
    assert SchemaForm(schema, post=many).errors == {"": ["There are too many rows."]}


def test_rows_that_nothing_was_posted_of_do_not_make_a_page_of_thousands_of_fields() -> None:
    keys = [f"n{n}" for n in range(400)]
    filled = {f"d/items/n{n}/sku": f"s{n}" for n in range(0, 400, 2)}

    form = SchemaForm(ITEMS, post={"r/items": ["=", *keys], **filled})

    shown = untouched(form)
    assert {name: shown[name] for name in filled} == {name: [text] for name, text in filled.items()}
    assert [row["sku"] for row in form.data["items"] if row] == [*filled.values()]
    assert "d/items/n1/sku" in shown
    assert "d/items/n399/sku" not in shown
    assert "d/items/n399" in shown


def test_a_row_that_holds_a_constant_alone_is_kept_in_a_long_form() -> None:
    kind = {"type": "object", "properties": {"kind": {"const": "a"}}, "required": ["kind"]}
    others = {f"text{n}": {"type": "string"} for n in range(160)}
    schema = {
        "type": "object",
        "properties": {**others, "kinds": {"type": "array", "items": kind}},
    }

    added = press(SchemaForm(schema), "add r/kinds", schema)

    assert SchemaForm(schema, post=untouched(added)).data == {"kinds": [{"kind": "a"}]}


def test_the_limits_of_an_array_hide_the_button_and_begin_with_empty_rows() -> None:
    schema = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
    form = SchemaForm(schema)

    assert untouched(form) == {"r": ["=", "n1", "n2"], "d/n1": [""], "d/n2": [""]}
    assert "add r" not in form.render()
    assert list(SchemaForm(schema, post={"r": ["="]}).errors) == [""]


def test_a_name_that_nobody_can_see_is_told_by_its_number() -> None:
    schema = {"type": "object", "additionalProperties": {"type": "string"}}
    html = SchemaForm(schema, post={"r": ["=", "n1"], "k/n1": "\t", "d/~+n1": "x"}).render()

    assert 'role="group" aria-label="1"' in html
    assert 'aria-label="Remove 1"' in html


def test_a_place_of_a_tuple_is_no_row() -> None:
    schema = {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "string"}}
    form = SchemaForm(schema, post={"r": ["=", "0", "1"], "d/0": "first", "d/1": "more"})

    assert form.data == ["first", "more"]
    assert form.render().count('name="d/0"') == 1


def test_a_tuple_has_its_places_and_what_comes_after_stays() -> None:
    schema = {"prefixItems": [{"type": "string"}, {"type": "integer"}], "type": "array"}

    assert untouched(SchemaForm(schema, stored=["a", 1])) == {
        "r": ["="],
        "d/0": ["a"],
        "d/1": ["1"],
    }
    assert SchemaForm(schema, post={"r": "=", "d/0": "a", "d/1": ""}).data == ["a"]
    assert SchemaForm(schema, post={"r": "=", "d/0": "", "d/1": "5"}).data == [None, 5]
    kept = SchemaForm(schema, stored=["a", 1, True], post={"r": "=", "d/0": "b", "d/1": "1"})
    assert kept.data == ["b", 1, True]
    old = {"items": [{"type": "string"}], "additionalItems": {"type": "integer"}}
    assert SchemaForm(old, post={"r": ["=", "n1"], "d/0": "a", "d/n1": "2"}).data == ["a", 2]


PAIRS = {
    "type": "object",
    "properties": {"own": {"type": "string"}},
    "patternProperties": {"^n_": {"type": "integer"}},
    "additionalProperties": {"type": "string"},
}


def test_names_and_values_are_rows_too() -> None:
    stored = {"own": "o", "free": "f", "n_1": 5}
    form = SchemaForm(PAIRS, stored=stored)

    assert untouched(form) == {
        "d/own": ["o"],
        "r": ["=", "0", "1"],
        "k/0": ["free"],
        "d/~+0": ["f"],
        "k/1": ["n_1"],
        "d/~+1": ["5"],
    }
    assert SchemaForm(PAIRS, stored=stored, post=untouched(form)).data == stored
    renamed = {**untouched(form), "k/0": "other"}
    assert SchemaForm(PAIRS, stored=stored, post=renamed).data == {
        "own": "o",
        "other": "f",
        "n_1": 5,
    }
    gone = SchemaForm(PAIRS, stored=stored, post={"d/own": "o", "r": ["="]})
    assert gone.data == {"own": "o"}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("", "x", "Enter a name."),
        ("own", "x", "This name belongs to a field of its own."),
        ("twice", "x", "This name is there twice."),
        ("a\x00", "x", "Null characters are not allowed."),
        ("free", "", "This field is required."),
    ],
)
def test_a_name_that_cannot_be_is_told_at_its_row(name: str, value: str, message: str) -> None:
    post = {"r": ["=", "n1", "n2"], "k/n1": "twice", "d/~+n1": "1", "k/n2": name, "d/~+n2": value}
    form = SchemaForm(PAIRS, post=post)

    assert [text for texts in form.errors.values() for text in texts] == [message]
    assert message in form.render()


def test_a_row_without_name_and_value_is_none() -> None:
    form = SchemaForm(PAIRS, post={"r": ["=", "n1"], "k/n1": "", "d/~+n1": ""})

    assert form.is_valid()
    assert form.data == {}


def test_an_author_may_leave_the_buttons_of_rows_away() -> None:
    wishes = {"items": {"ui:options": {"addable": False, "orderable": False, "removable": False}}}
    html = SchemaForm(ITEMS, wishes, stored=STORED).render()

    assert '"d/items/0/sku"' in html
    assert 'name="x"' not in html


def test_of_a_tuple_what_nobody_touched_behind_the_last_item_stays_away() -> None:
    schema = {"prefixItems": [{"type": "number"}, {"type": "boolean"}], "type": "array"}

    assert SchemaForm(
        schema, stored=[-1], post=untouched(SchemaForm(schema, stored=[-1]))
    ).data == [-1]
    assert SchemaForm(schema, stored=[], post=untouched(SchemaForm(schema, stored=[]))).is_valid()
    assert list(SchemaForm(schema, post={"r": "=", "d/0": "x"}).errors) == ["/0"]

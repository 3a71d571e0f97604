"""Choosing from very many: a list that can be filtered, and a search where it would be too long."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched

CHOICE = "Select a valid choice. That choice is not one of the available choices."
PLACES = [f"{name} {number}" for number in range(100) for name in ("Aachen", "Bonn", "Cologne")]


def one(part: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"type": "object", "properties": {"x": part}, "required": ["x"] if required else []}


ONE = one({"enum": PLACES})
NAMED = one({"oneOf": [{"const": n, "title": name} for n, name in enumerate(PLACES)]})
SEVERAL = one({"type": "array", "uniqueItems": True, "items": {"enum": PLACES}})


def offered(form: SchemaForm) -> list[str]:
    """Give the labels of what a search has found."""
    browser = Browser(form.render())
    assert browser.problems == []
    return [
        label.text.strip()
        for found in browser.root.find("div")
        if found.get("role") in {"radiogroup", "group"}
        for label in found.find("label")
    ]


@pytest.mark.parametrize("part", [{}, {"ui:widget": "radio"}])
def test_a_list_that_is_long_can_be_filtered(part: dict[str, Any]) -> None:
    few, many = ({"enum": [str(n) for n in range(count)], **part} for count in (30, 31))

    assert "data-filters" not in SchemaForm(one(few)).render()
    browser = Browser(SchemaForm(one(many)).render())
    [filtered] = [e for e in browser.root.find("input") if e.get("data-filters")]
    assert filtered.get("data-filters") in browser.ids
    assert browser.problems == []
    assert set(browser.post["d/x"]) == {""}


def test_very_many_options_are_searched_and_not_listed() -> None:
    html = SchemaForm(one({"enum": [f"value {n}" for n in range(10_000)]})).render()

    assert len(html) < 2_000
    assert "<option" not in html
    assert "Write a few letters to search among 10000." in html


@pytest.mark.parametrize("schema", [ONE, NAMED])
def test_what_is_written_exactly_is_chosen(schema: dict[str, Any]) -> None:
    value: Any = "Bonn 7" if schema is ONE else PLACES.index("Bonn 7")

    for written in ("Bonn 7", " bonn 7 "):
        form = SchemaForm(schema, post={"d/x": written})
        assert form.data == {"x": value}
        assert offered(form) == []
        assert untouched(form)["d/x"] == ["Bonn 7"]


@pytest.mark.parametrize("schema", [ONE, NAMED])
def test_what_is_stored_comes_back(schema: dict[str, Any]) -> None:
    stored = {"x": "Aachen 99" if schema is ONE else 297}
    post = untouched(SchemaForm(schema, stored=stored))

    assert post == {"d/x": ["Aachen 99"]}
    assert SchemaForm(schema, stored=stored, post=post).data == stored
    assert SchemaForm(schema, post=post).data == stored


def test_what_has_all_the_words_in_it_fits() -> None:
    form = SchemaForm(ONE, post={"d/x": "9 b", "x": "look"})

    assert offered(form) == [f"Bonn {n}" for n in (9, 19, 29, 39, 49, 59, 69, 79, 89, 90, 91, 92)]
    assert "The first 12 of 19 that fit" in form.render()
    assert not form.is_valid()
    assert form.errors == {}


def test_what_begins_with_the_words_comes_first() -> None:
    parts = {"enum": [*(f"North {n}" for n in range(200)), "Orth", "Or"]}
    form = SchemaForm(one(parts), post={"d/x": "OR", "x": "look"})
    partly = SchemaForm(one(parts), post={"d/x": "ort", "x": "look"})

    assert (form.data, offered(form)) == ({"x": "Or"}, [])
    assert offered(partly)[:2] == ["Orth", "North 0"]


def test_only_the_first_are_offered_of_many_that_fit() -> None:
    form = SchemaForm(ONE, post={"d/x": "o", "x": "look"})

    assert len(offered(form)) == 12
    assert "The first 12 of 200 that fit" in form.render()


def test_nothing_that_fits_is_said_so() -> None:
    form = SchemaForm(ONE, post={"d/x": "<Paris>", "x": "look"})

    assert offered(form) == []
    assert "Nothing fits “&lt;Paris&gt;”." in form.render()
    assert untouched(form) == {"d/x": ["<Paris>"]}


def test_what_is_searched_for_may_have_percent_signs() -> None:
    form = SchemaForm(ONE, post={"d/x": "100 %pure", "x": "look"})

    assert "Nothing fits “100 %pure”." in form.render()


def test_what_is_chosen_among_what_fits_counts_more_than_the_letters() -> None:
    form = SchemaForm(NAMED, post={"d/x": ["bonn", "4"]})

    assert form.data == {"x": 4}
    assert untouched(form)["d/x"] == ["Bonn 1"]


def test_letters_that_name_nothing_are_refused_and_what_fits_is_offered() -> None:
    form = SchemaForm(ONE, post={"d/x": "cologne 42 "})
    assert form.is_valid()

    wrong = SchemaForm(ONE, post={"d/x": "logne 42"})
    assert wrong.errors == {"/x": [CHOICE]}
    assert offered(wrong) == ["Cologne 42"]


def test_labels_that_are_there_twice_say_which_they_are() -> None:
    parts = [{"const": n, "title": "Same"} for n in range(200)] + [{"const": 900, "title": "One"}]
    schema = one({"oneOf": parts})
    post = untouched(SchemaForm(schema, stored={"x": 7}))

    assert post == {"d/x": ["Same (7)"]}
    assert SchemaForm(schema, post=post).data == {"x": 7}
    assert SchemaForm(schema, post={"d/x": "Same"}).errors == {"/x": [CHOICE]}
    assert SchemaForm(schema, post={"d/x": "one"}).data == {"x": 900}


def test_a_label_that_is_the_value_of_another_does_not_stand_for_it() -> None:
    names = [str(n + 1) for n in range(300)]
    schema = one({"enum": [str(n) for n in range(300)], "enumNames": names})

    for stored in ({"x": "5"}, {"x": "299"}, {"x": "0"}):
        post = untouched(SchemaForm(schema, stored=stored))
        assert SchemaForm(schema, post=post).data == stored


def test_several_of_very_many_are_ticked_and_more_are_searched() -> None:
    stored = {"x": ["Bonn 1", "Aachen 2"]}
    form = SchemaForm(SEVERAL, stored=stored)

    assert untouched(form) == {"d/x": ["", "Bonn 1", "Aachen 2", ""]}
    assert SchemaForm(SEVERAL, stored=stored, post=untouched(form)).data == stored
    more = SchemaForm(SEVERAL, stored=stored, post={"d/x": ["", "Bonn 1", "cologne 3"]})
    assert more.data == {"x": ["Bonn 1", "Cologne 3"]}
    searching = SchemaForm(
        SEVERAL, stored=stored, post={"d/x": ["", "Bonn 1", "cologne 3", "logne 4"], "x": "look"}
    )
    assert "Cologne 4" in offered(searching)
    assert untouched(searching) == {"d/x": ["", "Bonn 1", "Cologne 3", "logne 4"]}


def test_what_was_chosen_and_is_gone_is_not_taken_for_a_search() -> None:
    stored = {"x": ["Bonn 1", "old"]}
    form = SchemaForm(SEVERAL, stored=stored)
    again = SchemaForm(SEVERAL, stored=stored, post=untouched(form))

    assert "old (no longer offered)" in form.render()
    assert again.errors == {"/x": [CHOICE]}
    assert "old (no longer offered)" in again.render()
    assert offered(again) == []


def test_the_options_of_a_known_schema_are_not_made_again() -> None:
    first, second = (SchemaForm(NAMED, stored={"x": 1}) for _ in range(2))
    options = [
        node.control.options
        for form in (first, second)
        for node in form._round.root.walk()
        if hasattr(node, "control")
    ]

    assert options[0] is options[1]

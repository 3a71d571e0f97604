"""What is only shown: values in words, and whatever does not fit its field as it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone, translation

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched


def one(part: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {"x": part}}


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ({"type": "string"}, "plain", "plain"),
        ({"type": "string"}, None, "–"),
        ({"type": "string"}, "", "–"),
        ({"type": "boolean"}, False, "No"),
        ({"type": "number"}, 1234.5, "1234.5"),
        ({"enum": ["a", "b"], "enumNames": ["Ay", "Bee"]}, "b", "Bee"),
        ({"enum": ["a"]}, "gone", "gone"),
        ({"oneOf": [{"const": 1, "title": "One"}, {"const": 2}]}, 1, "One"),
        ({"type": "array", "items": {"enum": [1, 2], "enumNames": ["A", "B"]}}, [2, 1], "B, A"),
        ({"type": "array"}, [], "None"),
        ({"type": "array"}, [{"a": 1}], "[{&quot;a&quot;: 1}]"),
        ({"type": "object"}, {"a": 1}, "{&quot;a&quot;: 1}"),
        ({"type": "string", "format": "date"}, "2026-03-04", "March 4, 2026"),
        ({"type": "string", "format": "date"}, "soon", "soon"),
        (
            {"type": "string", "format": "date-time"},
            "2026-03-04T09:30:00Z",
            "March 4, 2026, 10:30 a.m. (CET)",
        ),
        (
            {"type": "string", "format": "date-time"},
            "9999-12-31T23:59:59Z",
            "Dec. 31, 9999, 11:59 p.m. (UTC)",
        ),
    ],
)
def test_what_cannot_be_changed_is_said_in_words(
    part: dict[str, Any], value: Any, words: str
) -> None:
    with timezone.override("Europe/Berlin"):
        html = SchemaForm(one({**part, "readOnly": True}), stored={"x": value}).render()

    assert f'<p class="field__fixed" dir="auto">{words}' in html


def test_numbers_are_written_as_people_here_do() -> None:
    schema = one({"type": "number", "readOnly": True})
    with translation.override("de"):
        assert ">1234,5</p>" in SchemaForm(schema, stored={"x": 1234.5}).render()


@pytest.mark.parametrize(
    ("part", "stored", "shown"),
    [
        ({"type": "string"}, {"a": 1}, '{"a": 1}'),
        ({"type": "string", "format": "date"}, [1], "[1]"),
        ({"type": "integer"}, [5], "[5]"),
        ({"type": "integer"}, "many", "many"),
        ({"type": "boolean"}, "yes", "? yes"),
        ({"type": "boolean"}, "true", "? true"),
        ({"enum": ["a"]}, {"a": 1}, '{"a": 1}'),
        ({"enum": ["1"]}, 1, "? 1"),
        ({"type": "array", "items": {"enum": ["a"]}, "uniqueItems": True}, "b", "b"),
    ],
)
def test_what_is_stored_and_does_not_fit_is_shown_and_refused_but_never_changed(
    part: dict[str, Any], stored: Any, shown: str
) -> None:
    schema = one(part)
    form = SchemaForm(schema, stored={"x": stored})
    post = untouched(form)
    again = SchemaForm(schema, stored={"x": stored}, post=post)

    assert post["d/x"][-1] == shown
    assert again.data.get("x", stored) == stored
    assert again.errors
    assert untouched(again).get("d/x") == post.get("d/x")


@pytest.mark.parametrize("stored", ["Ada", " leading", " ", True, None, [1], {"a": 1}, 5, ""])
@pytest.mark.parametrize("part", [{"minimum": 1}, {"minLength": 1}, {"format": "date"}])
def test_what_is_stored_stays_where_the_schema_allows_every_kind(part: Any, stored: Any) -> None:
    schema = one(part)
    post = untouched(SchemaForm(schema, stored={"x": stored}))

    assert SchemaForm(schema, stored={"x": stored}, post=post).data == {"x": stored}


def test_a_truth_that_is_none_can_be_mended() -> None:
    schema = one({"type": "boolean"})
    stored = {"x": "yes"}

    assert "yes (no longer offered)" in SchemaForm(schema, stored=stored).render()
    assert Browser(SchemaForm(schema, stored=stored).render()).problems == []
    for answer, truth in (("true", True), ("false", False)):
        form = SchemaForm(schema, stored=stored, post={"d/x": ["false", answer]})
        assert form.data == {"x": truth}


@pytest.mark.parametrize("language", ["de", "fr", "ar", "ja"])
@pytest.mark.parametrize(
    ("part", "text"),
    [
        ({"type": "integer"}, "x"),
        ({"type": "number"}, "x"),
        ({"type": "string", "format": "date"}, "x"),
        ({"type": "string", "format": "time"}, "x"),
        ({"type": "string", "format": "date-time"}, "x"),
        ({"enum": ["a", "b"]}, "x"),
        ({"type": "array", "items": {"enum": ["a"]}, "uniqueItems": True}, "x"),
        ({}, "{"),
    ],
)
def test_what_cannot_be_read_is_told_in_the_words_of_django(
    language: str, part: dict[str, Any], text: str
) -> None:
    def message() -> str:
        [told] = SchemaForm(one(part), post={"d/x": text}).errors["/x"]
        return told

    english = message()
    with translation.override(language):
        assert message() != english

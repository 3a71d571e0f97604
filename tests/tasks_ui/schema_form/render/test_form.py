"""The HTML of forms: what readers of a page get, and what authors cannot break."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched
from workflows.schemas import UnusableSchema


def form(ui_schema: dict[str, Any] | None = None, /, **properties: Any) -> SchemaForm:
    return SchemaForm({"type": "object", "properties": properties}, ui_schema)


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.mark.parametrize("kind", ["string", "integer", "boolean", "array", "object", "null"])
def test_authors_and_people_cannot_write_html(kind: str) -> None:
    part = {
        "type": kind,
        "title": EVIL,
        "description": EVIL,
        "default": EVIL,
        "examples": [EVIL],
        "ui:help": EVIL,
        "ui:placeholder": EVIL,
        "ui:autocomplete": EVIL,
        "properties": {EVIL: {"enum": [EVIL], "const": EVIL}},
    }
    schema = {
        "type": "object",
        "properties": {EVIL: part, "e": {"enum": [EVIL], "enumNames": [EVIL]}},
    }
    for html in (
        SchemaForm(schema).render(),
        SchemaForm(schema, post={f"d/{EVIL.replace('/', '~1')}": EVIL, "d/e": EVIL}).render(),
    ):
        assert "<script" not in html
        assert "<img" not in html


def test_descriptions_are_markdown_of_which_only_the_harmless_is_left() -> None:
    html = form(
        a={"description": "**Bold** [ok](https://e.org) [no](javascript:alert(1)) <b>raw</b>"}
    )

    assert "<strong>Bold</strong>" in html.render()
    assert 'href="https://e.org"' in html.render()
    assert 'href="javascript' not in html.render()
    assert "<b>" not in html.render()


def test_optional_fields_are_marked_and_required_ones_are_told_to_readers() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "boolean"}},
        "required": ["a"],
    }
    html = SchemaForm(schema).render()

    assert html.count("optional</span>") == 1
    assert html.count('aria-required="true"') == 1
    assert " required" not in html.replace('aria-required="true"', "")


def test_help_and_errors_are_tied_to_their_controls() -> None:
    schema = {
        "type": "object",
        "properties": {
            "n": {"type": "integer", "description": "How many?", "minimum": 1},
            "c": {"enum": ["a", "b"], "description": "Which?"},
            "g": {"type": "object", "description": "Where?", "properties": {"z": {"minLength": 3}}},
        },
        "required": ["n", "c"],
    }
    sent = SchemaForm(schema, post={"d/n": "x", "d/g/z": "y"})
    browser = Browser(sent.render())

    assert browser.problems == []
    assert {name.partition("_")[2] for name in browser.mentioned} == {"help", "error"}
    assert sent.render().count('aria-invalid="true"') == 4
    assert all(control in browser.ids for _label, _message, control in sent.error_summary)


@pytest.mark.parametrize(
    ("part", "markup"),
    [
        ({"type": "string"}, 'type="text"'),
        ({"type": "string", "format": "email"}, 'type="email"'),
        ({"type": "string", "format": "uri"}, 'type="url"'),
        ({"type": "string", "format": "date"}, 'type="date"'),
        ({"type": "string", "format": "time"}, 'type="time"'),
        ({"type": "string", "format": "date-time"}, 'type="datetime-local"'),
        ({"type": "string", "format": "password"}, 'type="password"'),
        ({"type": "string", "format": "textarea"}, "<textarea"),
        ({"type": "string", "format": "markdown"}, "<textarea"),
        ({"type": "string", "maxLength": 500}, "<textarea"),
        ({"type": "string", "ui:widget": "textarea"}, "<textarea"),
        ({"type": "string", "ui:options": {"widget": "TextareaWidget"}}, "<textarea"),
        ({"type": "integer", "minimum": 0}, 'inputmode="numeric"'),
        ({"type": "number", "minimum": 0}, 'inputmode="decimal"'),
        ({"type": "boolean"}, 'type="checkbox"'),
        ({"minLength": 1}, 'type="text"'),
        ({"maximum": 5}, "At most 5."),
        ({"type": ["string", "integer"]}, "Whole number</option>"),
        ({}, "Written as JSON."),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "Add to A"),
        ({"oneOf": [{"type": "string"}, {"type": "object"}]}, "Text</option>"),
        ({"type": "string", "examples": ["one"]}, '<option value="one">'),
        ({"type": "string", "ui:placeholder": "Name"}, 'placeholder="Name"'),
    ],
)
def test_each_kind_of_value_has_its_control(part: dict[str, Any], markup: str) -> None:
    shown = form(a=part)

    assert markup in shown.render()
    assert "number" not in Browser(shown.render()).post
    assert Browser(shown.render()).problems == []


def test_text_with_several_lines_is_shown_in_several_lines() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    stored = {"a": "\none\ntwo"}

    assert SchemaForm(schema, post=untouched(SchemaForm(schema, stored=stored))).data == stored


def test_fields_come_in_the_authors_order() -> None:
    names = {name: {"type": "string"} for name in "abcd"}

    assert list(untouched(form({"ui:order": ["c", "*", "a"]}, **names))) == [
        "d/c",
        "d/b",
        "d/d",
        "d/a",
    ]
    assert list(untouched(form({"ui:order": ["b", "no", "b"]}, **names))) == [
        "d/b",
        "d/a",
        "d/c",
        "d/d",
    ]


def test_a_field_without_a_title_is_called_after_its_property() -> None:
    html = form(first_name={"type": "string"}, dueDate={"type": "string"}).render()

    assert "First name" in html
    assert "Due Date" in html


def test_references_and_parts_are_shown_as_one() -> None:
    schema = {
        "$ref": "#/$defs/person",
        "allOf": [{"properties": {"age": {"type": "integer"}}, "required": ["age"]}],
        "if": {"required": ["age"]},
        "then": {"properties": {"school": {"type": "string"}}},
        "$defs": {
            "person": {"properties": {"name": {"$ref": "#/$defs/name", "title": "Full name"}}},
            "name": {"type": "string", "title": "Name", "minLength": 2},
        },
    }
    html = SchemaForm(schema).render()

    assert "Full name" in html
    assert list(untouched(SchemaForm(schema))) == ["d/name", "d/age"]
    assert list(untouched(SchemaForm(schema, stored={"age": 9}))) == ["d/name", "d/age", "d/school"]
    assert SchemaForm(schema, post={"d/name": "A", "d/age": "5"}).errors == {
        "/name": ["Ensure this value has at least 2 characters (it has 1)."]
    }


def test_a_schema_that_contains_itself_ends() -> None:
    schema = {"type": "object", "properties": {"name": {"type": "string"}, "child": {"$ref": "#"}}}

    post = {"d/name": "Ana", "p/child": "0", "x": "put p/child"}
    added = SchemaForm(schema, post=post)

    assert list(untouched(SchemaForm(schema))) == ["d/name", "p/child"]
    assert list(untouched(added)) == ["d/name", "p/child", "d/child/name", "p/child/child"]
    filled = {"d/name": "Ana", "p/child": "1", "d/child/name": "Ben", "p/child/child": "0"}
    assert SchemaForm(schema, post=filled).data == {"name": "Ana", "child": {"name": "Ben"}}
    taken = SchemaForm(schema, post={**filled, "x": "cut p/child"})
    assert untouched(taken) == {"d/name": ["Ana"], "p/child": ["0"]}


def test_a_schema_of_too_many_fields_ends_too() -> None:
    part = {"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(100)}}
    wide = {"type": "object", "properties": {f"o{n}": {"$ref": "#/$defs/part"} for n in range(100)}}

    assert len(untouched(SchemaForm({**wide, "$defs": {"part": part}}))) < 400


def test_a_form_can_be_put_into_a_template() -> None:
    shown = form(a={"type": "string"})

    assert Template("{{ form }}").render(Context({"form": shown})) == shown.render()


def test_names_begin_with_the_prefix() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}

    assert untouched(SchemaForm(schema)) == {"d/a": [""]}


def test_an_unsafe_schema_is_refused() -> None:
    with pytest.raises(UnusableSchema):
        form(a={"$ref": "http://example.org/"})

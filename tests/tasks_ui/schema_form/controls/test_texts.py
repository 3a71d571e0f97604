"""Fields for text: which input each format gets, how long a text may be, and what stays unseen."""

from __future__ import annotations

from typing import Any

import pytest

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser, untouched
from tests.tasks_ui.schema_form.elements import Element


def one(part: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"type": "object", "properties": {"t": part}, "required": ["t"] if required else []}


def control(part: dict[str, Any], *, required: bool = False, **given: Any) -> Element:
    """Give the control of a field, as a browser sees it."""
    browser = Browser(SchemaForm(one(part, required=required), **given).render())
    assert browser.problems == []
    [found] = [
        element
        for element in browser.root.find("input", "textarea", "select")
        if element.get("type") != "hidden" and element.get("name")
    ][:1]
    return found


def html(part: dict[str, Any], **given: Any) -> str:
    return SchemaForm(one(part), **given).render()


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("email", {"type": "email", "dir": "ltr"}),
        ("idn-email", {"type": "text", "inputmode": "email"}),
        ("uri", {"type": "url"}),
        ("url", {"type": "url"}),
        ("iri", {"type": "url"}),
        ("uri-reference", {"type": "text", "inputmode": "url", "spellcheck": "false"}),
        ("hostname", {"type": "text", "inputmode": "url", "autocapitalize": "none"}),
        ("uuid", {"type": "text", "class": "code", "autocomplete": "off"}),
        ("ipv4", {"type": "text", "class": "code"}),
        ("ipv6", {"type": "text", "class": "code"}),
        ("regex", {"type": "text", "class": "code", "spellcheck": "false"}),
        ("json-pointer", {"type": "text", "class": "code"}),
        ("duration", {"type": "text", "class": "code"}),
        ("tel", {"type": "tel"}),
        ("date", {"type": "date"}),
        ("time", {"type": "time"}),
        ("date-time", {"type": "datetime-local"}),
        ("month", {"type": "month"}),
        ("week", {"type": "week"}),
        ("datetime-local", {"type": "datetime-local"}),
        ("nobody-knows", {"type": "text", "dir": "auto"}),
    ],
)
def test_each_format_has_its_input(name: str, attributes: dict[str, str]) -> None:
    found = control({"type": "string", "format": name})

    assert {key: found.get(key) for key in attributes} == attributes


@pytest.mark.parametrize(
    ("hints", "attributes"),
    [
        ({"ui:widget": "email"}, {"type": "email"}),
        ({"ui:widget": "uri"}, {"type": "url"}),
        ({"ui:widget": "date"}, {"type": "date"}),
        ({"ui:widget": "alt-date"}, {"type": "date"}),
        ({"ui:widget": "datetime"}, {"type": "datetime-local"}),
        ({"ui:options": {"inputType": "tel"}}, {"type": "tel"}),
        ({"ui:inputType": "search"}, {"type": "search"}),
        ({"ui:inputType": "password"}, {"type": "password"}),
        ({"ui:inputType": "<evil>"}, {"type": "text"}),
        ({"ui:autocomplete": "street-address"}, {"autocomplete": "street-address"}),
        ({"ui:placeholder": "Why?"}, {"placeholder": "Why?"}),
        ({"ui:options": {"inputMode": "numeric"}}, {"inputmode": "numeric"}),
    ],
)
def test_an_author_may_ask_for_another_input(
    hints: dict[str, Any], attributes: dict[str, str]
) -> None:
    for found in (
        control({"type": "string", **hints}),
        control({"type": "string"}, ui_schema={"t": hints}),
    ):
        assert {key: found.get(key) for key in attributes} == attributes


def test_a_format_gives_way_to_plain_text_if_the_author_says_so() -> None:
    found = control({"type": "string", "format": "date", "ui:widget": "text"})

    assert found.get("type") == "text"


def test_the_first_field_to_fill_in_can_be_chosen() -> None:
    assert "autofocus" in control({"type": "string", "ui:autofocus": True}).attributes
    assert "autofocus" not in control({"type": "string"}).attributes


@pytest.mark.parametrize(
    ("part", "rows", "classes"),
    [
        ({"ui:widget": "textarea", "ui:options": {"rows": 9}}, "9", ""),
        ({"format": "markdown"}, "3", ""),
        ({"format": "html"}, "3", ""),
        ({"format": "yaml"}, "3", "code"),
        ({"contentMediaType": "text/plain"}, "3", ""),
        ({"contentMediaType": "application/json"}, "3", "code"),
        ({"maxLength": 201}, "3", ""),
        ({"ui:widget": "textarea", "ui:rows": -1}, "3", ""),
    ],
)
def test_long_text_and_code_have_several_lines(
    part: dict[str, Any], rows: str, classes: str
) -> None:
    found = control({"type": "string", **part})

    assert (found.tag, found.get("rows"), found.get("class")) == ("textarea", rows, classes)


def test_what_the_text_is_written_in_is_said() -> None:
    assert "Markdown can be used." in html({"type": "string", "format": "markdown"})
    assert "Written as HTML." in html({"type": "string", "format": "html"})
    assert "For example P1DT12H." in html({"type": "string", "format": "duration"})


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"maxLength": 20}, "At most 20 characters."),
        ({"maxLength": 1}, "At most 1 character."),
        ({"minLength": 3}, "At least 3 characters."),
        ({"minLength": 3, "maxLength": 20}, "From 3 to 20 characters."),
        ({"minLength": 5, "maxLength": 5}, "Exactly 5 characters."),
        ({"minLength": 1, "maxLength": 9}, "At most 9 characters."),
    ],
)
def test_the_length_is_a_quiet_hint_and_nothing_is_cut_off(
    limits: dict[str, int], words: str
) -> None:
    part = {"type": "string", **limits}

    assert words in html(part)
    assert "maxlength" not in html(part)
    assert control(part).get("data-longest") == str(limits.get("maxLength", ""))
    assert SchemaForm(one(part), post={"d/t": "x" * 40}).data == {"t": "x" * 40}


@pytest.mark.parametrize("limits", [{"minLength": 1}, {"minLength": 0}, {"maxLength": 65_535}])
def test_limits_that_go_without_saying_are_not_said(limits: dict[str, int]) -> None:
    assert "character" not in html({"type": "string", **limits})


def test_short_text_has_a_short_field() -> None:
    assert "field--short" in html({"type": "string", "maxLength": 10})
    assert "field--short" not in html({"type": "string", "maxLength": 80})


@pytest.mark.parametrize(
    ("part", "stored"),
    [
        ({"format": "email"}, " a@example.org"),
        ({"format": "uri"}, "https://example.org "),
        ({"format": "color"}, "red"),
        ({"format": "color"}, "#FFF"),
        ({"format": "color"}, "#FFAA00"),
        ({"format": "month"}, "2026-13"),
        ({"format": "week"}, "next"),
        ({"format": "datetime-local"}, "2026-01-01"),
        ({"ui:widget": "date"}, "tomorrow"),
        ({}, "one\rtwo"),
        ({}, "\n\none"),
        ({"format": "textarea"}, "\none\n"),
    ],
)
def test_what_an_input_would_change_stays_as_it_is(part: dict[str, Any], stored: str) -> None:
    schema = one({"type": "string", **part})
    post = untouched(SchemaForm(schema, stored={"t": stored}))

    assert SchemaForm(schema, stored={"t": stored}, post=post).data == {"t": stored}


COLOR = {"type": "string", "format": "color"}


def test_a_colour_is_picked_if_there_is_one_and_written_if_there_is_none() -> None:
    assert control(COLOR).get("type") == "text"
    assert control(COLOR, stored={"t": "red"}).get("type") == "text"
    assert control(COLOR, stored={"t": "#00ff00"}).get("type") == "color"
    assert control(COLOR).get("placeholder") == "#1a73e8"


def test_a_colour_that_is_not_needed_can_be_taken_away() -> None:
    stored = {"t": "#00ff00"}

    assert "No colour" in html(COLOR, stored=stored)
    assert SchemaForm(one(COLOR), stored=stored, post={"d/t": ["#00ff00", ""]}).data == {}
    needed = SchemaForm(one(COLOR, required=True), stored=stored)
    assert "No colour" not in needed.render()


SECRETS: list[dict[str, Any]] = [
    {"type": "string", "format": "password"},
    {"type": "string", "ui:widget": "password"},
    {"type": "string", "writeOnly": True},
    {"type": "string", "writeOnly": True, "maxLength": 4_000},
    {"type": "integer", "writeOnly": True},
    {"type": "string", "writeOnly": True, "enum": ["777", "888"]},
    {"type": "array", "writeOnly": True, "uniqueItems": True, "items": {"enum": ["777", "888"]}},
]


@pytest.mark.parametrize("part", SECRETS)
def test_a_secret_is_never_shown_and_kept_if_it_is_left_empty(part: dict[str, Any]) -> None:
    stored = {"t": {"integer": 777, "array": ["777"]}.get(part["type"], "777")}
    schema, empty = one(part), {"s/t": [""]}
    form = SchemaForm(schema, stored=stored)

    assert untouched(form) == empty
    assert "Leave this empty to keep what is there." in form.render()
    assert SchemaForm(schema, stored=stored, post=empty).data == stored
    changed = SchemaForm(schema, stored=stored, post={"s/t": ["", "888"]})
    assert changed.data != stored
    assert "Enter it again" in changed.render()
    assert untouched(changed) == empty


@pytest.mark.parametrize("items", [{"enum": ["777", "888"]}, {"type": "string"}])
def test_a_list_of_secrets_has_a_secret_in_each_row(items: dict[str, Any]) -> None:
    schema, stored = one({"type": "array", "writeOnly": True, "items": items}), {"t": ["777"]}
    form = SchemaForm(schema, stored=stored)

    assert untouched(form) == {"r/t": ["=", "0"], "s/t/0": [""]}
    assert SchemaForm(schema, stored=stored, post=untouched(form)).data == stored
    changed = SchemaForm(schema, stored=stored, post={**untouched(form), "s/t/0": ["888"]})
    assert changed.data == {"t": ["888"]}
    assert untouched(changed)["s/t/0"] == [""]


@pytest.mark.parametrize("stored", ["", None])
def test_a_secret_that_is_empty_stays_as_it_is(stored: str | None) -> None:
    schema = one({"type": ["string", "null"], "format": "password"})

    assert SchemaForm(schema, stored={"t": stored}, post={"s/t": ""}).data == {"t": stored}


def test_a_secret_truth_can_be_left_alone() -> None:
    schema = one({"type": "boolean", "writeOnly": True})
    form = SchemaForm(schema, stored={"t": True})

    assert untouched(form) == {"s/t": [""]}
    assert SchemaForm(schema, stored={"t": True}, post={"s/t": ""}).data == {"t": True}
    assert SchemaForm(schema, stored={"t": True}, post={"s/t": "false"}).data == {"t": False}


def test_a_password_is_new_to_the_browser() -> None:
    assert control({"type": "string", "format": "password"}).get("autocomplete") == "new-password"


def test_examples_are_suggested_and_not_filled_in() -> None:
    browser = Browser(html({"type": "string", "examples": ["one", "two", 3]}))

    assert [option.get("value") for option in browser.root.find("option")] == ["one", "two"]
    assert browser.post == {"d/t": [""]}


def test_a_label_can_be_left_to_those_who_cannot_see_the_form() -> None:
    for part in (
        {"type": "string"},
        {"type": "boolean"},
        {"enum": ["a", "b"], "ui:widget": "radio"},
    ):
        shown = html({**part, "title": "Why", "ui:options": {"label": False}})
        assert 'class="visually-hidden"><bdi>Why</bdi>' in shown
        assert 'class="visually-hidden"><bdi>Why</bdi>' not in html({**part, "title": "Why"})


def test_authors_may_write_from_right_to_left() -> None:
    shown = html({"type": "string", "title": "سبب", "description": "لماذا؟", "ui:help": "مثال"})

    assert "<bdi>سبب</bdi>" in shown
    assert '<div dir="auto"><p>لماذا؟</p>' in shown
    assert '<p dir="auto">مثال</p>' in shown


def test_help_title_and_description_may_stand_beside_the_schema() -> None:
    hints = {"t": {"ui:title": "Reason", "ui:description": "In *short*", "ui:help": "One line."}}
    shown = html({"type": "string", "title": "T", "description": "D"}, ui_schema=hints)

    assert "<bdi>Reason</bdi>" in shown
    assert "In <em>short</em>" in shown
    assert "One line." in shown


@pytest.mark.parametrize("part", [{}, {"maxLength": 2_000}, {"ui:widget": "text"}])
@pytest.mark.parametrize("name", ["uri", "url", "uri-reference"])
def test_an_address_is_stored_in_ascii_in_whichever_script_it_is_written(
    name: str, part: dict[str, Any]
) -> None:
    schema = one({"type": "string", "format": name, **part})
    form = SchemaForm(schema, post={"d/t": "https://exämple.org/straße"})

    assert form.is_valid()
    assert form.data == {"t": "https://xn--exmple-cua.org/stra%C3%9Fe"}
    assert untouched(SchemaForm(schema, stored=form.data)) == {"d/t": [form.data["t"]]}
    refused = SchemaForm(schema, post={"d/t": "https://☃.net/"})
    assert refused.errors == {"/t": ["“☃.net” cannot be the name of a host."]}
    assert untouched(refused) == {"d/t": ["https://☃.net/"]}


@pytest.mark.parametrize("name", ["iri", "iri-reference"])
def test_an_address_in_any_script_is_stored_as_it_is_written(name: str) -> None:
    form = SchemaForm(
        one({"type": "string", "format": name}), post={"d/t": "https://exämple.org/ß"}
    )

    assert form.is_valid()
    assert form.data == {"t": "https://exämple.org/ß"}

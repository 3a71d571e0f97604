"""Numbers: which texts are one, and which number they are."""

from __future__ import annotations

import pytest
from django.utils import translation

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser


def read(kind: str, text: str, language: str = "en") -> object:
    """Give the value, or the message in a list."""
    with translation.override(language):
        form = SchemaForm(
            {"type": "object", "properties": {"n": {"type": kind}}}, post={"d/n": text}
        )
        if form.errors:
            assert Browser(form.render()).post["d/n"] == [text]
            return form.errors["/n"]
        return form.data.get("n")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("+5", 5),
        ("-5", -5),
        ("\u22125", -5),
        (" 5 ", 5),
        ("1.0", 1),
        ("3e2", 300),
        ("1 000 000", 1_000_000),
        ("1,000,000", 1_000_000),
        ("1\u00a0000", 1000),
        ("007", 7),
        ("-0", 0),
        ("9007199254740993", 9007199254740993),
        ("", None),
        ("   ", None),
    ],
)
def test_whole_numbers_are_read(text: str, value: int | None) -> None:
    number = read("integer", text)

    assert number == value
    assert type(number) is type(value)


@pytest.mark.parametrize(
    "text",
    ["1.5", "0x1", "1_0", "٣", "１", "abc", "12abc", "1e", "--1", "1 2", "NaN", "Infinity", "1/2"],
)
def test_what_is_no_whole_number_is_refused_and_shown_again(text: str) -> None:
    assert read("integer", text) == ["Enter a whole number."]


@pytest.mark.parametrize("text", ["1,234", "12,345", "-1,234"])
def test_what_could_be_two_numbers_is_asked_again(text: str) -> None:
    assert read("number", text) == ["Write the number without a mark between the thousands."]
    assert read("integer", text) == ["Write the number without a mark between the thousands."]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1", 0.1),
        ("1234.50", 1234.5),
        ("1,234.50", 1234.5),
        (".5", 0.5),
        ("1e-3", 0.001),
        ("2.", 2),
    ],
)
def test_decimals_are_read_exactly(text: str, value: float) -> None:
    assert read("number", text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0.12345678901234567890", "The number has too many digits to be kept exactly."),
        ("1e-400", "The number has too many digits to be kept exactly."),
        ("1e400", "The number is too large."),
        ("1e9999", "The number is too large."),
        ("1" * 401, "The number is too large."),
        ("1,5", "Enter a number."),
        ("0,123", "Enter a number."),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused(text: str, message: str) -> None:
    assert read("number", text) == [message]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,5", 1.5), ("1.5", 1.5), ("1.234,5", 1234.5), ("0,123", 0.123), ("1,234", 1.234)],
)
def test_decimals_may_be_written_as_people_here_do(text: str, value: float) -> None:
    assert read("number", text, "de") == value


def test_a_mark_of_thousands_is_doubtful_in_every_language() -> None:
    assert isinstance(read("number", "1.234", "de"), list)


@pytest.mark.parametrize("language", ["en", "de", "fr", "ar"])
@pytest.mark.parametrize("value", [1234567, 0.1, 1.0, -12345.678, 1e21, 1e-7, 123456789.125])
def test_what_is_shown_is_read_back_as_the_same_number(language: str, value: float) -> None:
    schema = {"type": "object", "properties": {"n": {"type": "number"}}}
    with translation.override(language):
        shown = Browser(SchemaForm(schema, stored={"n": value}).render()).post
        form = SchemaForm(schema, stored={"n": value}, post=shown)
        fresh = SchemaForm(schema, post=shown)

    assert form.data == {"n": value}
    assert type(form.data["n"]) is type(value)
    assert fresh.data == {"n": value}


def test_a_stored_text_where_a_number_belongs_is_shown_and_can_be_mended() -> None:
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    stored = {"n": "5"}

    assert Browser(SchemaForm(schema, stored=stored).render()).post == {"d/n": ["5"]}
    assert SchemaForm(schema, stored=stored, post={"d/n": "5"}).data == {"n": 5}


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"minimum": 1, "maximum": 5}, "From 1 to 5."),
        ({"minimum": 0.5}, "At least 0.5."),
        ({"maximum": 0}, "At most 0."),
        ({"exclusiveMinimum": 0}, "More than 0."),
        ({"exclusiveMaximum": 10}, "Less than 10."),
        ({"minimum": 1, "exclusiveMaximum": 10}, "At least 1. Less than 10."),
        ({"exclusiveMinimum": 0, "maximum": 10}, "More than 0. At most 10."),
        ({"multipleOf": 0.05}, "In steps of 0.05."),
        ({"multipleOf": 0.01}, "At most 2 decimals."),
        ({"multipleOf": 0.1}, "At most 1 decimal."),
        ({"minimum": 0, "maximum": 1, "multipleOf": 0.25}, "From 0 to 1. In steps of 0.25."),
        (
            {
                "$schema": "http://json-schema.org/draft-04/schema#",
                "minimum": 1,
                "exclusiveMinimum": True,
            },
            "More than 1.",
        ),
    ],
)
def test_limits_are_told_before_they_are_broken(limits: dict[str, object], words: str) -> None:
    draft = {"$schema": limits.pop("$schema")} if "$schema" in limits else {}
    schema = {**draft, "type": "object", "properties": {"n": {"type": "number", **limits}}}

    assert f"<p>{words}</p>" in SchemaForm(schema).render()


@pytest.mark.parametrize(
    "part",
    [
        {"type": "number", "minimum": 0},
        {"type": "integer", "multipleOf": 1},
        {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
        {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
    ],
)
def test_limits_that_go_without_saying_are_not_told(part: dict[str, object]) -> None:
    schema = {"type": "object", "properties": {"n": part}}

    assert "field__help" not in SchemaForm(schema).render()


def test_telephones_show_keys_for_numbers_only_where_no_minus_is_needed() -> None:
    def keys(**part: object) -> str:
        html = SchemaForm({"type": "object", "properties": {"n": part}}).render()
        [field] = [e for e in Browser(html).root.find("input") if e.get("name") == "d/n"]
        return field.get("inputmode")

    assert keys(type="integer", minimum=0) == "numeric"
    assert keys(type="number", exclusiveMinimum=0) == "decimal"
    assert keys(type="number") == keys(type="integer", minimum=-1) == ""


def test_a_number_that_breaks_a_rule_is_told_the_nearest_that_do_not() -> None:
    schema = {"type": "object", "properties": {"n": {"type": "number", "multipleOf": 0.05}}}
    [message] = SchemaForm(schema, post={"d/n": "19.98"}).errors["/n"]

    assert "19.95" in message
    assert "20" in message
    assert SchemaForm(schema, post={"d/n": "19.95"}).is_valid()


@pytest.mark.parametrize(("stored", "shown"), [(86.5, "86.50"), (86, "86"), (0.125, "0.125")])
def test_broken_amounts_of_cents_are_shown_with_both_decimals(stored: float, shown: str) -> None:
    schema = {"type": "object", "properties": {"n": {"type": "number", "multipleOf": 0.01}}}

    assert Browser(SchemaForm(schema, stored={"n": stored}).render()).post == {"d/n": [shown]}
    assert SchemaForm(schema, stored={"n": stored}, post={"d/n": shown}).data == {"n": stored}

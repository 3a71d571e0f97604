"""Data in the words of people."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any, Final

import pytest
from django.utils import timezone as django_timezone

from tasks_ui.display.values import LONGEST_LIST, Fact, fact, facts, in_one_line
from tasks_ui.schema_form import Meaning
from tasks_ui.templatetags.amounts import unbroken


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        ({}, "–"),
        (True, "Yes"),
        (False, "No"),
        (0, "0"),
        (15200, "15,200"),
        (1240.5, "1,240.5"),
        ("2026-11-22", "Nov. 22, 2026"),
        ("2026-02-30", "2026-02-30"),
        ("9999-12-31T23:59:59Z", "Dec. 31, 9999, 11:59 p.m. (UTC)"),
        ("plain text", "plain text"),
        (["a", 2, None], "a, 2, –"),
        ({"first_name": "Ana", "age": 3}, "First name: Ana, Age: 3"),
    ],
)
def test_values_are_written_for_people(value: Any, text: str) -> None:
    with django_timezone.override(timezone(timedelta(hours=9))):
        assert in_one_line(value) == text


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (3480.5, 0.01, "3,480.50"),
        (1240, 0.01, "1,240.00"),
        (12.345, 0.01, "12.345"),
        (21, 0.5, "21.0"),
        (1e21, 0.01, "1,000,000,000,000,000,000,000.00"),
        (4, 1, "4"),
        (4.5, "none", "4.5"),
        (True, 0.01, "Yes"),
    ],
)
def test_numbers_have_the_decimals_that_they_are_counted_in(
    value: Any, step: Any, text: str
) -> None:
    assert told({"sum": value}, {"sum": {"multipleOf": step}}) == [("Sum", text)]


def told(data: dict[str, Any], properties: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    """Give all that is told of the data, with the names of what it is in before it."""
    found: list[tuple[str, str]] = []

    def walk(each: Fact, above: str) -> None:
        label = f"{above} / {each.label}".strip(" /")
        if not each.items:
            found.append((label, each.text))
        for item in each.items:
            walk(item, label)

    for each in facts(data, {"properties": properties, **more}):
        walk(each, "")
    return found


KIND: Final = {"title": "Kind of line", "oneOf": [{"const": "s", "title": "Service"}]}
PRICE: Final = {"type": "number", "title": "Price in euros", "multipleOf": 0.01}
CARD: Final = {"title": "Card", "properties": {"how": {"const": "card"}, "no": {"title": "Number"}}}
BANK: Final = {"title": "Bank", "properties": {"how": {"const": "bank"}, "no": {"title": "IBAN"}}}
URGENT: Final = {
    "if": {"properties": {"urgent": {"const": True}}, "required": ["urgent"]},
    "then": {"properties": {"why": {"title": "Why the hurry?"}}},
}


@pytest.mark.parametrize(
    ("data", "properties", "more", "words"),
    [
        pytest.param(
            {"lines": [{"kind": "s", "price": 86.5}]},
            {"lines": {"items": {"properties": {"price": PRICE, "kind": KIND}}}},
            {},
            [("Lines / Price in euros", "86.50"), ("Lines / Kind of line", "Service")],
            id="rows, in the order of their form",
        ),
        pytest.param(
            {"lines": [{"kind": "s"}]},
            {"lines": {"items": {"$ref": "#/$defs/line"}}},
            {
                "$defs": {
                    "line": {"allOf": [{"properties": {"kind": {"$ref": "#/$defs/kind"}}}]},
                    "kind": KIND,
                }
            },
            [("Lines / Kind", "Service")],
            id="what is referred to, by its own name",
        ),
        pytest.param(
            {"pay": {"how": "bank", "no": "DE02"}},
            {"pay": {"oneOf": [CARD, BANK]}},
            {},
            [("Pay / How", "bank"), ("Pay / IBAN", "DE02")],
            id="the alternative that the value is of",
        ),
        pytest.param(
            {"urgent": True, "why": "Flood"},
            {"urgent": {"type": "boolean"}},
            URGENT,
            [("Urgent", "Yes"), ("Why the hurry?", "Flood")],
            id="what followed from an answer",
        ),
        pytest.param(
            {"budget": {"R2-D2": 12, "unused": 0}},
            {"budget": {"additionalProperties": {"multipleOf": 0.1}}},
            {},
            [("Budget / R2-D2", "12.0"), ("Budget / unused", "0.0")],
            id="names that somebody has made up",
        ),
        pytest.param(
            {"size": ["s", 2]},
            {"size": {"prefixItems": [KIND], "items": {"multipleOf": 0.5}}},
            {},
            [("Size", "Service"), ("Size", "2.0")],
            id="a tuple and what follows",
        ),
        pytest.param(
            {"days": ["mo", "tu"]},
            {"days": {"items": {"enum": ["mo"], "ui:enumNames": ["Monday"]}}},
            {},
            [("Days", "Monday"), ("Days", "tu")],
            id="names from the look, and one that is no longer offered",
        ),
        pytest.param(
            {"place": {"name": "Oslo", "at": [59.9, 10.7]}},
            {
                "place": {
                    "oneOf": [{"const": {"name": "Oslo", "at": [59.9, 10.7]}, "title": "North"}]
                }
            },
            {},
            [("Place", "North")],
            id="a choice with parts",
        ),
        pytest.param(
            {"flag": True, "count": 1},
            {
                "flag": {"enum": [1, True], "enumNames": ["One", "True"]},
                "count": {"enum": [True, 1], "enumNames": ["True", "One"]},
            },
            {},
            [("Flag", "True"), ("Count", "One")],
            id="1 and true differ",
        ),
    ],
)
def test_data_are_in_the_words_of_their_form(
    data: Any, properties: Any, more: Any, words: list[tuple[str, str]]
) -> None:
    assert told(data, properties, **more) == words


@pytest.mark.parametrize(
    "secret",
    [
        {"type": "string", "writeOnly": True},
        {"type": "string", "format": "password"},
        {"type": "string", "ui:widget": "password"},
        {"type": "object", "writeOnly": True},
    ],
)
def test_what_nobody_may_see_again_is_not_shown(secret: dict[str, Any]) -> None:
    value = {"pin": "1234"} if secret["type"] == "object" else "1234"

    assert told({"code": value}, {"code": secret}) == [("Code", "Not shown")]
    assert told({"code": None}, {"code": secret}) == [("Code", "–")]
    assert "1234" not in in_one_line(
        {"code": value}, Meaning.of_form({"properties": {"code": secret}}, None, {})
    )


def test_a_form_that_is_refused_leaves_the_data_as_they_are() -> None:
    assert told({"first_name": "Ana"}, {"first_name": {"title": 5, "type": "text"}}) == [
        ("First name", "Ana")
    ]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Desk, € 3,480.50", "€ 3,480.50"),
        ("Oak desk, 160 cm", "160 cm"),
        ("EUR 12", "EUR 12"),
        ("18 %", "18 %"),
        ("5 times", ""),
        ("LEUR 5", ""),
    ],
)
def test_a_number_is_not_parted_from_what_it_counts(text: str, together: str) -> None:
    kept = together.replace(" ", "\N{NO-BREAK SPACE}")

    assert unbroken(text) == (text.replace(together, kept) if together else text)


def test_moments_are_in_the_zone_of_the_person() -> None:
    with django_timezone.override(timezone(timedelta(hours=9))):
        assert in_one_line("2026-11-22T20:30:00Z") == "Nov. 23, 2026, 5:30 a.m."


def test_objects_are_groups_and_lists_have_items() -> None:
    found = fact("Order", {"lines": [{"item": "Desk"}, {"item": "Lamp"}]})

    (lines,) = found.items
    assert found.is_group
    assert lines.label == "Lines"
    assert [item.items[0].text for item in lines.items] == ["Desk", "Lamp"]


def test_what_is_nested_too_deeply_is_told_in_one_line() -> None:
    value: Any = "end"
    for _ in range(50):
        value = {"in": value}

    found = fact("Deep", value)

    depth = 0
    while found.items:
        found, depth = found.items[0], depth + 1
    assert depth == 6
    assert found.text.endswith("end")


def test_a_long_list_is_cut_and_says_so() -> None:
    found = fact("Many", list(range(LONGEST_LIST + 5)))

    assert len(found.items) == LONGEST_LIST + 1
    assert found.items[-1].text == "… and 5 more"


def test_titles_come_from_the_schema() -> None:
    schema = {"properties": {"who": {"title": "Claimed by"}, "odd": True}}

    assert [each.label for each in facts({"who": 1, "odd": 2, "cost_center": 3}, schema)] == [
        "Claimed by",
        "Odd",
        "Cost center",
    ]


def test_choices_have_the_names_that_their_schema_gives_them() -> None:
    schema = {"properties": {"kind": {"enum": ["a", 1], "enumNames": ["Alpha", "One"]}}}

    assert facts({"kind": "a"}, schema)[0].text == "Alpha"
    assert facts({"kind": "gone"}, schema)[0].text == "gone"


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("see https://example.org", False),
        ("https://example.org and more", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_whole_web_addresses_are_links(text: str, is_link: bool) -> None:
    assert fact("", text).is_link is is_link

"""Data in the words of people."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any

import pytest
from django.utils import timezone as django_timezone

from tasks_ui.facts import LONGEST_LIST, fact, facts, in_one_line
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
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
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
    assert in_one_line(value, {"multipleOf": step}) == text


def test_what_lies_deep_is_in_the_words_of_its_schema_too() -> None:
    price = {"type": "number", "title": "Price in euros", "multipleOf": 0.01}
    line = {"properties": {"price": price, "kind": {"enum": ["s"], "enumNames": ["Service"]}}}
    schema = {"properties": {"lines": {"title": "Lines", "items": line}}}

    (lines,) = facts({"lines": [{"price": 86.5, "kind": "s"}]}, schema)

    words = [(item.label, item.text) for item in lines.items[0].items]
    assert words == [("Price in euros", "86.50"), ("Kind", "Service")]


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

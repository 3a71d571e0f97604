"""Lists too long to read: filtered while one writes, searched on the server, with no script too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.accessibility import check_accessibility
from tests.browser.conftest import OpenPage

PLACES = [f"{name} {number}" for number in range(100) for name in ("Aachen", "Bonn", "Cologne")]
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "country": {"title": "Country", "enum": [f"Country {n}" for n in range(60)]},
        "place": {"title": "Place", "enum": PLACES},
        "stops": {"title": "Stops", "type": "array", "items": {"enum": PLACES}},
        "note": {"title": "Note", "type": "string", "maxLength": 10},
    },
}


@pytest.fixture
def staff(transactional_db: None, ana: User) -> User:
    """Give somebody who may see the gallery."""
    ana.is_staff = True
    ana.save()
    return ana


def show_form(page: Page) -> None:
    """Let the gallery show the form of our schema."""
    page.goto("/forms/own/")
    page.get_by_label("Schema", exact=True).fill(json.dumps(SCHEMA))
    page.get_by_role("button", name="Show the form").click()
    expect(page.get_by_label("Country", exact=False).first).to_be_visible()


def result_of(page: Page) -> Any:
    """Send the form and give what comes out."""
    page.get_by_role("button", name="Submit").click()
    text = page.locator(".gallery__result pre")
    expect(text).to_be_visible()
    return json.loads(text.inner_text())


def test_a_long_list_shows_what_fits_the_letters(staff: User, open_page: OpenPage) -> None:
    page = open_page(staff)
    show_form(page)
    country = page.get_by_label("Country")
    page.get_by_label("Filter").fill("try 5")
    shown = country.locator("option:not([hidden])")

    expect(shown).to_have_count(15)
    page.keyboard.press("ArrowDown")
    expect(country).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    expect(country.locator("option[hidden]")).to_have_count(0)
    assert result_of(page) == {"country": "Country 59"}


@pytest.mark.on_every_database
def test_a_search_asks_while_one_writes_and_takes_over_what_is_chosen(
    staff: User, open_page: OpenPage
) -> None:
    page = open_page(staff)
    show_form(page)
    place = page.get_by_label("Place")
    place.press_sequentially("ologne 42")

    found = page.get_by_role("radio", name="Cologne 42", exact=True)
    expect(found).to_be_visible()
    expect(place).to_be_focused()
    check_accessibility(page)
    found.check()
    expect(place).to_have_value("Cologne 42")
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(place).to_be_focused()

    page.get_by_label("Search").press_sequentially("achen 7")
    page.get_by_role("checkbox", name="Aachen 7", exact=True).check()
    expect(page.get_by_role("checkbox", name="Aachen 7", exact=True)).to_be_checked()
    expect(page.get_by_label("Search")).to_have_value("")
    assert result_of(page) == {"place": "Cologne 42", "stops": ["Aachen 7"]}


def test_a_search_needs_no_script(staff: User, open_page: OpenPage) -> None:
    page = open_page(staff, javascript=False)
    show_form(page)
    expect(page.get_by_label("Filter")).to_be_hidden()
    page.get_by_label("Place").fill("ologne 42")
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("radio", name="Cologne 42", exact=True).check()
    page.get_by_label("Country").select_option("Country 3")

    assert result_of(page) == {"country": "Country 3", "place": "Cologne 42"}


def test_what_is_nearly_full_says_so_and_takes_more(staff: User, open_page: OpenPage) -> None:
    page = open_page(staff)
    show_form(page)
    label = page.locator("label", has_text="Note")
    page.get_by_label("Note").fill("12345")
    expect(label).not_to_have_attribute("data-count", "5 / 10")
    page.get_by_label("Note").fill("123456789")
    expect(label).to_have_attribute("data-count", "9 / 10")
    page.get_by_label("Note").fill("1234567890 and more")
    expect(label).to_have_attribute("data-too-long", "")
    expect(page.get_by_label("Note")).to_have_value("1234567890 and more")

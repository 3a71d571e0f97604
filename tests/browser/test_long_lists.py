"""Lists too long to read: filtered while one writes, searched on the server, with no script too."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.accessibility import check_accessibility
from tests.browser.conftest import OpenPage
from tests.browser.forms.journeys import result, show_form, submit

PLACES = [f"{name} {number}" for number in range(100) for name in ("Aachen", "Bonn", "Cologne")]
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "country": {"title": "Country", "enum": [f"Country {n}" for n in range(60)]},
        "place": {"title": "Place", "enum": PLACES},
        "stops": {
            "title": "Stops",
            "type": "array",
            "uniqueItems": True,
            "items": {"enum": PLACES},
        },
        "note": {"title": "Note", "type": "string", "maxLength": 10},
    },
}


@pytest.fixture
def staff(transactional_db: None, ana: User) -> User:
    """Give somebody who may see the gallery."""
    ana.is_staff = True
    ana.save()
    return ana


def test_a_long_list_shows_what_fits_the_letters(staff: User, open_page: OpenPage) -> None:
    page = open_page(staff)
    show_form(page, SCHEMA)
    country = page.get_by_label("Country")
    page.get_by_label("Filter").fill("try 5")
    shown = country.locator("option:not([hidden])")

    expect(shown).to_have_count(15)
    page.keyboard.press("ArrowDown")
    expect(country).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    expect(country.locator("option[hidden]")).to_have_count(0)
    submit(page)
    assert result(page) == {"country": "Country 59"}


@pytest.mark.on_every_database
def test_a_search_asks_while_one_writes_and_takes_over_what_is_chosen(
    staff: User, open_page: OpenPage
) -> None:
    page = open_page(staff)
    show_form(page, SCHEMA)
    place = page.get_by_label("Place")
    place.press_sequentially("ologne 42")

    found = page.get_by_role("radio", name="Cologne 42", exact=True)
    expect(found).to_be_visible()
    expect(place).to_be_focused()
    check_accessibility(page)
    found.click()
    expect(place).to_have_value("Cologne 42")
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(place).to_be_focused()

    page.get_by_label("Search").press_sequentially("achen 7")
    # What fits the first letters has it too, and is about to change.
    expect(page.get_by_text("The first 12 of 19 that fit")).to_be_visible()
    page.get_by_role("checkbox", name="Aachen 7", exact=True).click()
    expect(page.get_by_role("checkbox", name="Aachen 7", exact=True)).to_be_checked()
    expect(page.get_by_label("Search")).to_have_value("")
    submit(page)
    assert result(page) == {"place": "Cologne 42", "stops": ["Aachen 7"]}


def test_a_search_needs_no_script(staff: User, open_page: OpenPage) -> None:
    page = open_page(staff, javascript=False)
    show_form(page, SCHEMA)
    expect(page.get_by_label("Filter")).to_be_hidden()
    page.get_by_label("Place").fill("ologne 42")
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("radio", name="Cologne 42", exact=True).check()
    page.get_by_label("Country").select_option("Country 3")

    submit(page)
    assert result(page) == {"country": "Country 3", "place": "Cologne 42"}


def test_what_is_nearly_full_says_so_and_takes_more(staff: User, open_page: OpenPage) -> None:
    page = open_page(staff)
    show_form(page, SCHEMA)
    label = page.locator("label", has_text="Note")
    page.get_by_label("Note").fill("12345")
    expect(label).not_to_have_attribute("data-count", "5 / 10")
    page.get_by_label("Note").fill("123456789")
    expect(label).to_have_attribute("data-count", "9 / 10")
    page.get_by_label("Note").fill("1234567890 and more")
    expect(label).to_have_attribute("data-too-long", "")
    expect(page.get_by_label("Note")).to_have_value("1234567890 and more")

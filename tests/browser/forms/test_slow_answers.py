"""What is filled in while an answer about the form is on its way: nothing of it is lost."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.forms.journeys import SlowLine, caret, result, show_form, submit

ASKED: Final = "**/form/"
LEAVE: Final = "**/forms/leave-request/"
PLACES: Final = [f"Place {number}" for number in range(250)]
SEARCHED: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "place": {"title": "Place", "enum": PLACES},
        "stops": {
            "title": "Stops",
            "type": "array",
            "uniqueItems": True,
            "items": {"enum": PLACES},
        },
    },
}


def towns(country: str, *names: str) -> dict[str, Any]:
    """Ask for towns if that is the country."""
    asked = {
        "first": {"title": "First", "enum": list(names)},
        "others": {
            "title": "Others",
            "type": "array",
            "uniqueItems": True,
            "items": {"enum": list(names)},
        },
    }
    return {
        "if": {"properties": {"country": {"const": country}}, "required": ["country"]},
        "then": {"properties": asked},
    }


FOLLOWING: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"country": {"title": "Country", "enum": ["France", "Italy"]}},
    "allOf": [towns("France", "Paris", "Lyon", "Nice"), towns("Italy", "Rome", "Turin")],
}


@pytest.fixture
def page(transactional_db: None, admin: User, open_page: OpenPage) -> Page:
    """Give the page of somebody who may see the gallery."""
    return open_page(admin)


def hold_answer_to(page: Page, letters: str, label: str) -> SlowLine:
    """Have what fits `Place` shown, and the answer to more letters on its way."""
    show_form(page, SEARCHED)
    field = page.get_by_role("textbox", name=label)
    field.fill("lace")
    expect(page.get_by_text("The first 12 of 250 that fit")).to_be_visible()
    line = SlowLine(page)
    with page.expect_request(ASKED):
        field.fill(letters)
    return line


def test_a_box_ticked_among_older_answers_stays_ticked(page: Page) -> None:
    line = hold_answer_to(page, "lace 7", "Search")
    page.get_by_role("checkbox", name="Place 7", exact=True).check()
    line.let_through()

    expect(page.get_by_role("checkbox")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Place 7", exact=True)).to_be_checked()
    submit(page)
    assert result(page) == {"stops": ["Place 7"]}


def test_an_option_chosen_among_older_answers_stays_chosen(page: Page) -> None:
    line = hold_answer_to(page, "lace 1", "Place")
    page.get_by_role("radio", name="Place 1", exact=True).check()
    page.keyboard.press("Tab")
    line.let_through()

    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Place")).to_have_value("Place 1")
    submit(page)
    assert result(page) == {"place": "Place 1"}


def test_what_somebody_presses_does_not_change_under_the_mouse(page: Page) -> None:
    line = hold_answer_to(page, "lace 7", "Search")
    page.get_by_role("checkbox", name="Place 7", exact=True).hover()
    page.mouse.down()
    line.let_through()
    expect(page.locator("#asked.htmx-request")).to_have_count(0)
    page.mouse.up()

    expect(page.get_by_role("checkbox")).to_have_count(1)
    submit(page)
    assert result(page) == {"stops": ["Place 7"]}


def test_text_changed_again_stays_as_it_was_written_last(page: Page) -> None:
    page.goto("/forms/leave-request/")
    line = SlowLine(page)
    stand_in = page.get_by_label("Who stands in for you?")
    with page.expect_request(ASKED):
        stand_in.fill("Ben")
        stand_in.press("Tab")
    stand_in.fill("Cleo")
    page.get_by_label("Unpaid leave").check()
    line.let_through()

    expect(page.get_by_label("Reason")).to_be_visible()
    expect(stand_in).to_have_value("Cleo")


def test_text_changed_while_a_row_is_added_stays_and_so_does_the_row(page: Page) -> None:
    page.goto("/forms/expense-claim/")
    line = SlowLine(page)
    purpose = page.get_by_label("What was it for?")
    purpose.fill("Fair")
    with page.expect_request(ASKED):
        page.get_by_role("button", name="Add to Receipts").click()
    purpose.fill("Fair in Hanover")
    purpose.press("Tab")
    line.let_through()

    expect(page.get_by_role("group", name="Receipts").locator("li")).to_have_count(3)
    expect(purpose).to_have_value("Fair in Hanover")


@pytest.mark.expected_statuses(422)
def test_what_is_filled_in_while_the_form_is_sent_stands_in_the_answer_too(page: Page) -> None:
    page.goto("/forms/leave-request/")
    stand_in = page.get_by_label("Who stands in for you?")
    stand_in.fill("Ben")
    line = SlowLine(page, LEAVE)
    with page.expect_request(LEAVE):
        submit(page)
    page.get_by_label("Unpaid leave").check()
    stand_in.fill("Cleo")
    caret(page, 1)
    line.let_through()

    expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_be_visible()
    expect(page.get_by_label("Unpaid leave")).to_be_checked()
    expect(page.get_by_label("Reason")).to_be_visible()
    expect(stand_in).to_be_focused()
    page.keyboard.type("h")
    expect(stand_in).to_have_value("Chleo")


def test_what_was_written_and_chosen_can_be_unticked(page: Page) -> None:
    show_form(page, SEARCHED)
    page.get_by_label("Search").fill("Place 7")
    page.get_by_label("Search").press("Tab")
    box = page.get_by_role("checkbox", name="Place 7", exact=True)
    expect(box).to_be_checked()
    expect(page.get_by_label("Search")).to_have_value("")
    box.click()

    expect(box).to_have_count(0)
    submit(page)
    assert result(page) == {}


def test_what_was_chosen_elsewhere_chooses_nothing_in_its_place(page: Page) -> None:
    show_form(page, FOLLOWING)
    page.get_by_label("Country").select_option("France")
    page.get_by_label("First").select_option("Nice")
    page.get_by_label("First").select_option("Lyon")
    page.get_by_role("checkbox", name="Lyon").check()
    page.get_by_label("Country").select_option("Italy")

    expect(page.get_by_role("checkbox", name="Lyon (no longer offered)")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Turin")).not_to_be_checked()
    expect(page.get_by_label("First")).to_have_value("Lyon")

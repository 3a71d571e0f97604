"""Rows of a form: added, moved and removed, and mended where they were wrong."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.forms.journeys import BOTH, result, submit


def rows(page: Page) -> Locator:
    """Give the receipts of the claim."""
    return page.get_by_role("group", name="Receipts").locator("li")


def what(page: Page) -> list[str]:
    """Give what the receipts are for, from top to bottom."""
    return [row.get_by_label("What").input_value() for row in rows(page).all()]


@BOTH
@pytest.mark.expected_statuses(422)
def test_rows_are_added_moved_removed_and_mended(
    transactional_db: None, admin: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(admin, javascript=javascript)
    page.goto("/forms/expense-claim/")
    page.get_by_label("What was it for?").fill("Fair in Hanover")

    page.get_by_role("button", name="Add to Receipts").click()
    expect(rows(page)).to_have_count(3)
    rows(page).last.get_by_label("What").fill("Lunch")
    rows(page).last.get_by_label("Amount").fill("twelve")
    page.get_by_role("button", name="Move Receipt 3 up").click()
    expect(rows(page).nth(1).get_by_label("What")).to_have_value("Lunch")
    page.get_by_role("button", name="Remove Receipt 1").click()
    expect(rows(page)).to_have_count(2)
    assert what(page) == ["Lunch", "Hotel, two nights"]
    expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_have_count(0)

    submit(page)
    expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_be_visible()
    page.get_by_role("link", name="Amount").click()
    amount = rows(page).first.get_by_label("Amount")
    expect(amount).to_be_focused()
    expect(amount).to_have_value("twelve")
    amount.fill("12.50")
    submit(page)

    data = result(page)
    assert data["purpose"] == "Fair in Hanover"
    assert data["items"] == [
        {"what": "Lunch", "category": "travel", "amount": 12.5},
        {"what": "Hotel, two nights", "category": "hotel", "amount": 258},
    ]


def test_the_keyboard_stays_where_rows_are_added_and_removed(
    transactional_db: None, admin: User, open_page: OpenPage
) -> None:
    page = open_page(admin)
    page.goto("/forms/expense-claim/")

    page.get_by_role("button", name="Add to Receipts").press("Enter")
    expect(rows(page).last.get_by_label("What")).to_be_focused()
    page.get_by_role("button", name="Move Receipt 2 up").press("Enter")
    expect(rows(page).first.get_by_label("What")).to_have_value("Hotel, two nights")
    expect(rows(page).first.locator(":focus")).to_have_count(1)
    page.get_by_role("button", name="Remove Receipt 3").press("Enter")
    expect(rows(page)).to_have_count(2)

    expect(page.get_by_role("group", name="Receipts")).to_be_focused()


@BOTH
def test_an_optional_part_is_added_inside_a_form_that_contains_itself(
    transactional_db: None, admin: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(admin, javascript=javascript)
    page.goto("/forms/team/")

    lead = page.get_by_role("group", name="Lead").first
    lead.get_by_role("button", name="Add Deputy").click()
    lead.get_by_role("group", name="Deputy").first.get_by_label("Name").first.fill("Cleo")
    submit(page)

    assert result(page)["lead"] == {"name": "Ana", "deputy": {"name": "Cleo"}}

"""Signing in and out in a browser."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.people import PASSWORD


@pytest.mark.on_every_database
@pytest.mark.expected_statuses(422)
@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_signing_in_leads_to_the_page_and_signing_out_away(
    ana: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    page.goto("/requests/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("correct username and password")
    expect(page.get_by_label("Username")).to_have_value("ana")

    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("My requests · Signoff")

    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_title("Sign in · Signoff")


def test_the_appearance_is_shown_when_chosen_and_kept_when_saved(
    ana: User, open_page: OpenPage
) -> None:
    page = open_page(ana)
    page.goto("/settings/")
    page.get_by_label("Dark").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("status")).to_contain_text("Your settings are saved.")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"

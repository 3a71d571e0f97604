"""A list that somebody looks at says what has changed, and moves nothing by itself."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.expenses import start_expense
from workflows import engine

A_WHILE = 25_000


@pytest.mark.on_every_database
def test_news_are_told_and_shown_when_one_asks_for_them(
    transactional_db: None, ana: User, ben: User, cleo: User, open_page: OpenPage
) -> None:
    cleo.groups.set(ben.groups.all())
    gone = elsewhere(start_expense, ana, "Train to Berlin")
    page = open_page(ben)
    page.clock.install()
    page.goto("/inbox/team/")
    row = page.get_by_role("link", name="Train to Berlin")
    expect(row).to_be_visible()

    elsewhere(start_expense, ana, "Standing desk")
    elsewhere(engine.claim, gone, user=cleo)
    elsewhere(engine.claim, elsewhere(start_expense, ana, "Lamp"), user=ben)
    page.clock.fast_forward(A_WHILE)

    bar = page.locator(".news")
    expect(bar).to_contain_text("1 new")
    expect(bar).to_contain_text("1 gone")
    inbox = page.get_by_role("navigation").get_by_role("link", name="Inbox")
    expect(inbox).to_contain_text("1")
    expect(row).to_have_attribute("data-is-gone", "")
    expect(page.get_by_role("link", name="Standing desk")).to_have_count(0)

    bar.get_by_role("link", name="Show").click()

    expect(page.get_by_role("link", name="Standing desk")).to_be_visible()
    expect(row).to_have_count(0)
    expect(bar).to_be_empty()

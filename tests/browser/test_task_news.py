"""A task that somebody works on tells what others do to it, and leaves the page as it is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.expenses import start_expense
from workflows import engine

WORDS = "Half a thought"


def look_again(page: Page) -> None:
    """Come back to a page that was hidden, as far as the page can tell."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))", None)


def top_of(page: Page, name: str) -> float:
    """Give where a control of the form stands."""
    box = page.get_by_label(name).bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.only_on("sqlite")
@pytest.mark.expected_statuses(409)
def test_who_was_first_is_told_above_the_form_and_nothing_that_is_typed_moves_or_is_lost(
    transactional_db: None, ana: User, ben: User, cleo: User, open_page: OpenPage
) -> None:
    task = elsewhere(start_expense, ana)
    elsewhere(lambda: cleo.groups.set(ben.groups.all()))
    page = open_page(ben)
    page.goto(f"/t/{task.pk}/?view=team")
    comment = page.get_by_label("Comment")
    comment.fill(WORDS)
    page.keyboard.press("Home")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    before = top_of(page, "Comment")

    elsewhere(engine.comment, task, user=cleo, text="Seen it?")
    look_again(page)

    bar = page.get_by_role("article").locator(".news")
    expect(bar).to_contain_text("Cleo wrote: Seen it?")
    elsewhere(lambda: engine.complete_human_task(task.pk, user=cleo, data={"decision": "approve"}))
    look_again(page)
    expect(bar).to_contain_text("Cleo decided this task on")
    expect(comment).to_be_focused()
    assert top_of(page, "Comment") == before
    page.keyboard.insert_text("More than ")
    expect(comment).to_have_value(f"More than {WORDS}")

    page.get_by_role("button", name="Reject").click()

    expect(page.get_by_role("heading", name="Your decision was not taken")).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text(f"More than {WORDS}")

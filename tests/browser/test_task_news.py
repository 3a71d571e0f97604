"""A task that somebody works on tells what others do to it, and leaves the page as it is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.expenses import start_expense
from workflows import engine

WORDS = "half a thought"


def look_again(page: Page) -> None:
    """Come back to a page that was hidden, as far as the page can tell."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))", None)


def top_of(control: Locator) -> float:
    """Give where a control stands."""
    box = control.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.only_on("sqlite")
@pytest.mark.expected_statuses(409)
def test_news_are_told_above_the_form_and_nothing_that_is_typed_moves_or_is_lost(
    transactional_db: None, ana: User, ben: User, cleo: User, open_page: OpenPage
) -> None:
    task = elsewhere(start_expense, ana)
    elsewhere(lambda: cleo.groups.set(ben.groups.all()))
    page = open_page(ben)
    page.goto(f"/t/{task.pk}/?view=team")
    article, comment = page.get_by_role("article"), page.get_by_label("Comment")
    bar = article.locator(".news")
    comment.fill(WORDS)
    page.keyboard.press("Home")
    before = top_of(comment)

    elsewhere(engine.comment, task, user=cleo, text="Seen it?")
    look_again(page)
    expect(bar).to_contain_text("Cleo wrote: Seen it?")
    expect(comment).to_be_focused()
    assert top_of(comment) == before
    page.keyboard.insert_text("Not even ")
    bar.get_by_role("button", name="Show").click()

    expect(bar).to_be_empty()
    expect(article).to_contain_text("Seen it?")
    expect(comment).to_have_value(f"Not even {WORDS}")
    comment.press("End")
    elsewhere(lambda: engine.complete_human_task(task.pk, user=cleo, data={"decision": "approve"}))
    look_again(page)
    expect(bar).to_contain_text("Cleo decided this task on")
    page.keyboard.insert_text(" yet")
    expect(comment).to_have_value(f"Not even {WORDS} yet")
    page.get_by_role("button", name="Reject").click()

    expect(page.get_by_role("heading", name="Your decision was not taken")).to_be_visible()
    expect(article).to_contain_text(f"Not even {WORDS} yet")

"""Somebody is mentioned in a comment, finds it in their inbox, and notes it."""

from __future__ import annotations

from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.expenses import start_expense


def test_a_mention_reaches_whom_it_is_for(ana: User, ben: User, open_page: OpenPage) -> None:
    task = elsewhere(start_expense, ana)
    reviewer = open_page(ben)
    reviewer.goto(f"/t/{task.pk}/?view=team")

    reviewer.get_by_label("What you want to say").fill("Second class, @ana?")
    reviewer.get_by_role("button", name="Post").click()
    expect(reviewer.get_by_text("Your comment is posted.")).to_be_visible()
    expect(reviewer.get_by_text("Second class, @ana?")).to_be_visible()

    requester = open_page(ana)
    requester.goto("/inbox/mine/")
    requester.get_by_role("link", name="mentions you").click()
    expect(requester.get_by_text("Second class, @ana?")).to_be_visible()
    requester.get_by_role("button", name="Noted").click()
    expect(requester.get_by_role("button", name="Noted")).to_have_count(0)
    expect(requester.get_by_role("link", name="mentions you")).to_have_count(0)

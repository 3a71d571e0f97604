"""Typing into a task's form: it is kept meanwhile, and nothing of it is lost."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.signing_in import sign_in_as
from tests.expenses import start_expense
from workflows import engine

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])


@BOTH
def test_what_is_typed_is_there_when_one_comes_back(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage, javascript: bool
) -> None:
    task = elsewhere(start_expense, ana)
    page = open_page(ben, javascript=javascript)
    page.goto(f"/t/{task.pk}/?view=team")

    page.get_by_label("Comment").fill("Half a thought")
    if javascript:
        expect(page.get_by_text("Draft saved")).to_be_visible()
        expect(page.get_by_label("Comment")).to_be_focused()
    else:
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    page.goto(f"/t/{task.pk}/?view=team")

    expect(page.get_by_label("Comment")).to_have_value("Half a thought")


def test_a_session_that_ends_while_one_types_costs_no_word(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage
) -> None:
    task = elsewhere(start_expense, ana)
    page = open_page(ben)
    page.goto(f"/t/{task.pk}/?view=team")
    elsewhere(Session.objects.all().delete)

    page.get_by_label("Comment").fill("Typed too late")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in_as(page, "ben")

    expect(page.get_by_label("Comment")).to_have_value("Typed too late")


@pytest.mark.on_every_database
def test_whoever_types_on_is_told_that_somebody_was_first(
    transactional_db: None, ana: User, ben: User, cleo: User, open_page: OpenPage
) -> None:
    task = elsewhere(start_expense, ana)
    elsewhere(lambda: cleo.groups.set(ben.groups.all()))
    page = open_page(cleo)
    page.goto(f"/t/{task.pk}/?view=team")
    elsewhere(lambda: engine.claim(task.pk, user=ben))

    page.get_by_label("Comment").fill("My words")

    expect(page.get_by_text("Ben has taken this task.")).to_be_visible()
    expect(page.get_by_label("Comment")).to_have_value("My words")


def test_a_draft_of_a_task_that_went_to_somebody_else_hides_nothing_of_it(
    transactional_db: None, ana: User, ben: User, cleo: User, open_page: OpenPage
) -> None:
    task = elsewhere(start_expense, ana)
    elsewhere(lambda: cleo.groups.set(ben.groups.all()))
    page = open_page(cleo)
    page.goto(f"/t/{task.pk}/?view=team")
    page.get_by_label("Comment").fill("My words")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    elsewhere(lambda: engine.claim(task.pk, user=ben))

    page.goto(f"/t/{task.pk}/?view=team")

    why = page.get_by_text("Ben has taken this task.").bounding_box()
    kept = page.get_by_role("region", name="What you had filled in, and not sent").bounding_box()
    assert why
    assert kept
    assert kept["x"] == why["x"]
    assert kept["y"] >= why["y"] + why["height"]
    page.set_viewport_size({"width": 1280, "height": 900})
    # What stays at the lower edge and is higher than the window covers the task.
    expect(page.locator(".decision--none")).to_have_css("position", "static")

"""Many tasks at once, with scripts and without, and everything taken back by one button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.accessibility import check_accessibility
from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.looking import look
from tests.expenses import start_expense
from workflows import engine
from workflows.examples.expense_approval import Approval
from workflows.models import HumanTask

TITLES = ("Train to Berlin", "Standing desk", "Team dinner")


@pytest.fixture
def tasks(
    transactional_db: None, ana: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> list[HumanTask]:
    """Give three tasks that nobody has taken, whose decisions can be undone for an hour."""
    monkeypatch.setattr(Approval, "undo", timedelta(hours=1))
    return [elsewhere(start_expense, ana, title) for title in TITLES]


def check(page: Page, javascript: bool) -> None:
    """Let axe, which is a script itself, look at the page."""
    if javascript:
        check_accessibility(page)


def statuses() -> list[str]:
    """Give the states of the tasks, in the order in which they were made."""
    return list(HumanTask.objects.order_by("pk").values_list("status", flat=True))


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_all_that_is_chosen_is_decided_told_of_and_taken_back_by_one_button(
    tasks: list[HumanTask], ben: User, cleo: User, open_page: OpenPage, javascript: bool
) -> None:
    cleo.groups.set(ben.groups.all())
    page = open_page(ben, javascript=javascript)
    page.goto("/inbox/team/")
    expect(page.get_by_role("button", name="Decide")).to_be_hidden()
    page.get_by_role("link", name="Select all").click()
    page.get_by_role("checkbox", name="Standing desk").uncheck()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide 2 tasks")
    check(page, javascript)
    elsewhere(engine.claim, tasks[0], user=cleo)
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("article")).to_contain_text("1 of 2 done")
    expect(page.get_by_role("region", name="Not done")).to_contain_text("Cleo has taken this task.")
    assert statuses() == ["reserved", "ready", "decided"]
    check(page, javascript)
    page.reload()
    page.get_by_role("button", name="Undo all").click()

    expect(page.get_by_role("article")).to_contain_text("1 of 1 taken back")
    assert statuses() == ["reserved", "ready", "reserved"]


def test_rows_are_chosen_decided_and_taken_back_by_keyboard_alone(
    tasks: list[HumanTask], ben: User, open_page: OpenPage
) -> None:
    page = open_page(ben)
    page.goto("/inbox/team/")
    boxes = page.get_by_role("checkbox")
    for key in ("j", "x", "j", "j", "Shift+X", "k", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 2")
    expect(boxes.nth(1)).not_to_be_checked()

    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_contain_text("Standing desk")
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 2")
    page.keyboard.press("u")
    expect(page.get_by_text("Choose a task to see it here.")).to_be_visible()
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 2")
    page.keyboard.press("x")
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 1")
    look(page)
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide 1 task")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    look(page)
    page.keyboard.press("a")
    expect(page.get_by_role("article")).to_contain_text("1 of 1 done")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    look(page)
    page.keyboard.press("z")

    expect(page.get_by_role("article")).to_contain_text("1 of 1 taken back")
    assert statuses() == ["ready", "ready", "reserved"]

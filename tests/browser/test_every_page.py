"""Every page: nothing for axe to find, light and dark, and no sideways scrolling on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.accessibility import check_accessibility
from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.expenses import start_expense
from workflows import engine
from workflows.models import HumanTask
from workflows.testing import drain

PHONE: ViewportSize = {"width": 360, "height": 740}
# What a window of 1280 by 900 leaves at a zoom of 200 %.
ZOOMED: ViewportSize = {"width": 640, "height": 450}
WINDOWS: tuple[ViewportSize, ...] = (
    {"width": 1280, "height": 900},
    {"width": 900, "height": 700},
    PHONE,
    ZOOMED,
)

OPEN_TO_ALL = ["/sign-in/", "/password/", "/password/sent/", "/password/x/y/"]
OF_BEN = [
    *("/inbox/mine/", "/inbox/team/", "/inbox/done/", "/inbox/team/?find=nowhere"),
    *("/t/{ready}/?view=team", "/t/{mine}/", "/t/{decided}/?view=done"),
    *("/t/{decided}/receipt/", "/t/{ready}/comment/", "/inbox/snoozed/"),
    *("/settings/", "/settings/password/", "/start/"),
]
OF_ANA = ["/requests/", "/r/{request}/", "/t/{ready}/", "/start/expense_approval/", "/inbox/mine/"]


def check(page: Page) -> None:
    """Look at the page in every window."""
    for window in WINDOWS:
        page.set_viewport_size(window)
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) <= 0, f"{page.url} scrolls sideways at {window}"
        if window in (WINDOWS[0], PHONE):
            check_accessibility(page)


@pytest.fixture
def places(transactional_db: None, ana: User, ben: User) -> dict[str, str]:
    """Make a task in each state and give their ids."""

    def make() -> dict[str, str]:
        long = "A" + "very" * 25 + "long title that has to break somewhere"
        ready = start_expense(ana, long[:120], notes="wide" * 400)
        mine, decided = start_expense(ana, "Desk"), start_expense(ana, "Lamp")
        engine.comment(ready, user=ana, text=f"Please look, @ben.\n{long}")
        engine.snooze(ready, user=ben, until=timezone.now() + timedelta(days=1))
        engine.claim(mine, user=ben)
        engine.complete_human_task(decided, user=ben, data={"decision": "approve"})
        drain()
        tasks = {"ready": ready, "mine": mine, "decided": decided}
        return {name: str(task.pk) for name, task in tasks.items()} | {
            "request": str(ready.instance_id)
        }

    return elsewhere(make)


@pytest.mark.parametrize("path", OPEN_TO_ALL)
def test_pages_for_everybody(transactional_db: None, open_page: OpenPage, path: str) -> None:
    page = open_page()
    page.goto(path)
    check(page)


@pytest.mark.parametrize("path", OF_BEN)
def test_pages_of_a_reviewer(
    ben: User, open_page: OpenPage, places: dict[str, str], path: str
) -> None:
    page = open_page(ben)
    page.goto(path.format(**places))
    check(page)


@pytest.mark.parametrize("path", OF_ANA)
def test_pages_of_a_requester(
    ana: User, open_page: OpenPage, places: dict[str, str], path: str
) -> None:
    page = open_page(ana)
    page.goto(path.format(**places))
    check(page)


@pytest.mark.expected_statuses(404, 409, 422)
def test_pages_that_refuse(
    ana: User, ben: User, open_page: OpenPage, places: dict[str, str]
) -> None:
    page = open_page(ben)
    page.goto("/nowhere/")
    check(page)

    page.set_viewport_size(WINDOWS[0])
    page.goto(f"/t/{places['ready']}/?view=team")
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("link", name="Say why.")).to_be_visible()
    check(page)

    task = HumanTask.objects.get(pk=places["ready"])
    page.set_viewport_size(WINDOWS[0])
    page.get_by_label("Comment").fill("Words that stay")
    elsewhere(engine.cancel_workflow, task.instance_id, reason="Not needed", user=ana)
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("heading", name="Your decision was not taken")).to_be_visible()
    check(page)


def test_the_dialog_of_keys(ben: User, open_page: OpenPage, places: dict[str, str]) -> None:
    page = open_page(ben)
    page.goto("/inbox/team/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    check_accessibility(page)

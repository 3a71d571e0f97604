"""Everything by keyboard."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tasks_ui.models import UserSettings
from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.looking import look
from tests.expenses import start_expense
from workflows.models import HumanTask

TITLES = ("Train to Berlin", "Standing desk", "Team dinner")


@pytest.fixture
def page(transactional_db: None, ana: User, ben: User, open_page: OpenPage) -> Page:
    """Give Ben's list with three tasks that nobody has taken."""
    for title in TITLES:
        elsewhere(start_expense, ana, title)
    page = open_page(ben)
    page.goto("/inbox/team/")
    return page


def press(page: Page, *keys: str) -> None:
    """Press one key after the other."""
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.on_every_database
def test_a_task_is_found_opened_and_decided_without_a_mouse(page: Page) -> None:
    press(page, "j", "j", "k", "j", "Enter")
    expect(page.get_by_role("article")).to_contain_text("Standing desk")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    look(page)
    press(page, "c")
    expect(page.get_by_role("button", name="Release")).to_be_visible()
    look(page)
    press(page, "a")

    expect(page.get_by_role("status")).to_contain_text("Approve: Standing desk")
    assert HumanTask.objects.get(outcome="approve").instance.data["title"] == "Standing desk"


def test_next_skips_a_task_and_u_leads_back_to_the_list(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page.get_by_role("article")).to_contain_text("Train to Berlin")
    press(page, "n")
    expect(page.get_by_role("article")).to_contain_text("Standing desk")

    press(page, "u")

    expect(page).to_have_url("/inbox/team/")
    expect(page.get_by_text("Choose a task to see it here.")).to_be_visible()


def test_after_opening_a_task_the_list_goes_on_from_there(page: Page) -> None:
    press(page, "j", "j", "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    press(page, "j", "Enter")

    expect(page.get_by_role("article")).to_contain_text("Team dinner")


def test_finding_with_a_slash(page: Page) -> None:
    press(page, "/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("desk")
    press(page, "Enter")

    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page).to_have_url("/inbox/team/?find=desk")


def test_question_mark_explains_the_keys(page: Page) -> None:
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    press(page, "j")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")

    press(page, "Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_letters_in_a_field_are_only_letters_and_enter_decides_nothing(page: Page) -> None:
    press(page, "j", "Enter")
    page.get_by_label("Comment").focus()
    page.keyboard.type("a clear reason, jack")
    press(page, "Control+a", "End")

    expect(page.get_by_label("Comment")).to_have_value("a clear reason, jack")
    assert not HumanTask.objects.exclude(outcome="").exists()


def test_keys_with_control_or_meta_belong_to_the_browser(page: Page) -> None:
    press(page, "j", "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    press(page, "Control+a", "Alt+a", "Meta+a")
    press(page, "n")

    expect(page.get_by_role("article")).to_contain_text("Standing desk")
    assert not HumanTask.objects.exclude(outcome="").exists()


def test_single_keys_can_be_switched_off(page: Page, ben: User) -> None:
    UserSettings.objects.create(user=ben, single_key_shortcuts=False)
    page.reload()

    press(page, "j", "?")

    assert page.evaluate("document.activeElement === document.body")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("kbd").first).to_be_hidden()


def test_the_skip_link_comes_first(page: Page) -> None:
    press(page, "Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()

    press(page, "Enter")

    expect(page.get_by_role("main")).to_be_focused()

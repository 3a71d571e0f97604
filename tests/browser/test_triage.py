"""Much work by keyboard alone, with keys of one's own, and with all actions in one list."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tasks_ui.models import UserSettings
from tests.browser.accessibility import check_accessibility
from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.looking import look
from tests.expenses import start_expense
from tests.tasks_ui.tasks.test_undo_link import WINDOW
from workflows import engine
from workflows.models import HumanTask
from workflows.testing import drain, registered

MANY = 25


def settled(page: Page, about: str) -> None:
    """Wait until the page of this task can be read and takes keys."""
    expect(page.locator(".detail__summary")).to_contain_text(about)
    # The last thing that happens: before it, the focus is on the page that was there.
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    look(page)


def start_all(user: User, titles: list[str]) -> None:
    """Start an expense for each title."""
    for title in titles:
        start_expense(user, title)


@pytest.fixture
def page(transactional_db: None, ana: User, ben: User, open_page: OpenPage) -> Page:
    """Give Ben's page, with three tasks that nobody has taken."""
    elsewhere(start_all, ana, ["Train to Berlin", "Standing desk", "Team dinner"])
    return open_page(ben)


@pytest.mark.slow
def test_twenty_five_tasks_are_triaged_by_keyboard_alone(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage
) -> None:
    titles = [f"Errand {number:02}" for number in range(MANY)]
    elsewhere(start_all, ana, titles)
    page = open_page(ben)
    page.goto("/settings/")
    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page.get_by_role("heading", name="Unclaimed")).to_be_focused()
    expect(page.locator("[data-row]")).to_have_count(MANY)
    page.keyboard.press("j")
    page.keyboard.press("o")

    for number, title in enumerate(titles):
        settled(page, title)
        if number % 5 == 3:
            page.keyboard.press("r")
            expect(page.get_by_label("Comment")).to_be_focused()
            page.keyboard.type("Too dear")
            page.keyboard.press("Control+Enter")
        elif number % 5 == 4:
            page.keyboard.press("h")
            expect(page.get_by_role("heading", level=1)).to_have_text("Put off")
            expect(page.get_by_role("heading", level=1)).to_be_focused()
            look(page)
            page.keyboard.press("Tab")
            page.keyboard.press("Control+Enter")
            expect(page.get_by_role("heading", name="Unclaimed")).to_be_focused()
            page.keyboard.press("n")
        else:
            page.keyboard.press("a")

    expect(page.get_by_text("Nothing is unclaimed")).to_be_visible()
    found = [*HumanTask.objects.values_list("outcome", flat=True)]
    assert [found.count(outcome) for outcome in ("approve", "reject", "")] == [15, 5, 5]


def test_keys_of_ones_own_act_and_stand_on_the_buttons(page: Page, ben: User) -> None:
    page.goto("/settings/#all-keys")
    page.get_by_label("claim or release").fill("t")
    page.get_by_role("button", name="Save keys").click()
    expect(page.get_by_text("Your keys are saved.")).to_be_visible()

    page.goto("/inbox/team/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    settled(page, "Train to Berlin")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Claim").locator("kbd")).to_have_text("T")
    look(page)
    page.keyboard.press("t")

    expect(page.get_by_role("button", name="Release")).to_be_visible()
    assert HumanTask.objects.get(status="reserved").assignee == ben


def test_everything_that_can_be_done_is_found_by_typing(page: Page) -> None:
    page.goto("/inbox/team/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    settled(page, "Train to Berlin")

    page.keyboard.press(".")
    field = page.get_by_role("combobox", name="Find an action")
    expect(field).to_be_focused()
    expect(page.get_by_role("option", name="Approve").first).to_have_attribute(
        "aria-selected", "true"
    )
    check_accessibility(page)
    page.keyboard.type("nothing like this")
    expect(page.get_by_text("Nothing here is called that.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    page.keyboard.press(".")
    expect(field).to_have_value("")
    page.keyboard.type("wait ans")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Waiting for answers")).to_be_visible()
    assert not HumanTask.objects.exclude(outcome="").exists()


def test_a_decision_goes_where_its_key_says_once_its_reason_is_written(page: Page) -> None:
    page.goto("/inbox/team/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    settled(page, "Train to Berlin")

    page.get_by_label("Comment").focus()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Approve")).to_be_focused()
    page.keyboard.press("2")
    expect(page.get_by_label("Comment")).to_be_focused()
    page.keyboard.type("No")
    page.keyboard.press("Escape")
    page.keyboard.press("r")

    expect(page.get_by_role("status")).to_contain_text("Reject: Train to Berlin")


def test_without_scripts_there_is_no_list_of_everything_and_keys_can_be_chosen(
    page: Page, ben: User, open_page: OpenPage
) -> None:
    engine.claim(HumanTask.objects.first(), user=ben)
    plain = open_page(ben, javascript=False)
    plain.goto("/settings/")
    expect(plain.get_by_role("button", name="All actions")).to_be_hidden()

    plain.get_by_label("hand over").fill("t")
    plain.get_by_role("button", name="Save keys").click()

    expect(plain.get_by_text("Your keys are saved.")).to_be_visible()
    assert UserSettings.objects.get().own_keys == {"hand_over": "t"}


def test_z_takes_the_last_decision_back(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage
) -> None:
    with registered(WINDOW):
        for title in ("First", "Second"):
            elsewhere(engine.start_workflow, WINDOW.name, user=ana, initial_data={"title": title})
        elsewhere(drain)
        page = open_page(ben)
        page.goto("/inbox/mine/")
        page.keyboard.press("n")
        expect(page.get_by_role("heading", level=1)).to_have_id("title")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        look(page)
        page.keyboard.press("a")

        expect(page.get_by_role("button", name="Undo")).to_be_visible()
        expect(page.locator("[data-left]")).to_contain_text(":")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        check_accessibility(page)
        look(page)
        page.keyboard.press("z")

        expect(page.get_by_role("button", name="Undo")).to_have_count(0)
        expect(page.get_by_role("button", name="Approve")).to_be_visible()
        assert not HumanTask.objects.exclude(outcome="").exists()

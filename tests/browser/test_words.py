"""Words in any form: kept in the browser until they are sent, for nobody but who typed them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.signing_in import sign_in_as
from tests.expenses import start_expense
from tests.tasks_ui.contracts import CONTRACTS
from tests.workflows.files import PDF
from workflows import engine
from workflows.models import Draft, HumanTask
from workflows.testing import registered

WORDS = "Words that took me a while"


@pytest.fixture
def task(transactional_db: None, ana: User, ben: User) -> HumanTask:
    """Give a task that Ben has claimed."""
    task = elsewhere(start_expense, ana)
    elsewhere(lambda: engine.claim(task.pk, user=ben))
    return task


@pytest.fixture
def page(task: HumanTask, ben: User, open_page: OpenPage) -> Page:
    """Give Ben's page."""
    return open_page(ben)


def beside(page: Page) -> Page:
    """Give another tab of the same browser."""
    context: BrowserContext = page.context
    return context.new_page()


def test_reasons_and_questions_are_there_when_one_comes_back_and_gone_once_sent(
    task: HumanTask, page: Page
) -> None:
    for verb, label in (("ask", "Your question"), ("hand-over", "Reason"), ("comment", "What you")):
        page.goto(f"/t/{task.pk}/{verb}/")
        page.get_by_label(label).fill(f"{WORDS}: {verb}")
        page.get_by_role("link", name="Back to the task").click()
        expect(page.get_by_role("heading", name="Your decision")).to_be_visible()
    for verb, label in (("ask", "Your question"), ("hand-over", "Reason")):
        page.goto(f"/t/{task.pk}/{verb}/")
        expect(page.get_by_label(label)).to_have_value(f"{WORDS}: {verb}")

    page.goto(f"/t/{task.pk}/comment/")
    page.get_by_role("button", name="Post").click()

    expect(page.get_by_text("Your comment is posted.")).to_be_visible()
    expect(page.get_by_label("What you want to say")).to_have_value("")
    page.reload()
    expect(page.get_by_label("What you want to say")).to_have_value("")


def test_a_reason_for_many_comes_back_for_the_same_ones_alone(
    task: HumanTask, ana: User, page: Page
) -> None:
    def choose(*rows: int) -> None:
        page.goto("/inbox/mine/")
        for row in rows:
            page.locator(".pick input").nth(row).check()
        page.get_by_role("button", name="Hand over").click()
        expect(page.get_by_label("Reason")).to_be_visible()

    other = elsewhere(start_expense, ana, "Bus")
    elsewhere(lambda: engine.claim(other.pk, user=User.objects.get(username="ben")))
    choose(0, 1)
    page.get_by_label("Reason").fill(WORDS)
    page.get_by_role("link", name="Back to the list").click()

    choose(0)
    expect(page.get_by_label("Reason")).to_have_value("")
    choose(0, 1)
    expect(page.get_by_label("Reason")).to_have_value(WORDS)


def test_whoever_signs_out_is_asked_and_leaves_no_word_behind(task: HumanTask, page: Page) -> None:
    said: list[str] = []

    def answer(yes: bool) -> Callable[..., None]:
        def hear(dialog: object) -> None:
            said.append(dialog.message)  # type: ignore[attr-defined]
            (dialog.accept if yes else dialog.dismiss)()  # type: ignore[attr-defined]

        return hear

    page.goto(f"/t/{task.pk}/")
    page.get_by_label("What you want to say").fill(WORDS)
    page.once("dialog", answer(False))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("What you want to say")).to_have_value(WORDS)

    page.once("dialog", answer(True))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    assert len(said) == 2
    assert WORDS not in page.evaluate("JSON.stringify(localStorage)")


def test_another_person_in_the_same_browser_finds_nothing(
    task: HumanTask, page: Page, cleo: User, ben: User
) -> None:
    elsewhere(lambda: cleo.groups.set(ben.groups.all()))
    page.goto(f"/t/{task.pk}/")
    page.get_by_label("What you want to say").fill(WORDS)
    elsewhere(Session.objects.all().delete)
    page.goto(f"/t/{task.pk}/")
    sign_in_as(page, "cleo")

    expect(page.get_by_label("What you want to say")).to_have_value("")
    assert WORDS not in page.evaluate("JSON.stringify(localStorage)")


def test_two_tabs_are_told_of_each_other_and_can_look_at_either(
    task: HumanTask, page: Page
) -> None:
    other = beside(page)
    for tab in (page, other):
        tab.goto(f"/t/{task.pk}/")
    page.get_by_label("Comment").fill("First words")
    expect(page.get_by_text("Draft saved")).to_be_visible()

    other.get_by_label("Comment").fill("Other words")
    expect(other.get_by_text("There is another draft of this form")).to_be_visible()
    other.reload()
    expect(other.get_by_label("Comment")).to_have_value("Other words")
    page.get_by_label("Comment").fill("First words, and more")
    expect(page.get_by_text("There is another draft of this form")).to_be_visible()
    other.get_by_role("link", name="Look at it").click()

    expect(other.get_by_label("Comment")).to_have_value("First words, and more")
    assert elsewhere(Draft.objects.count) == 2


def test_a_chosen_file_is_kept_before_it_says_so(
    transactional_db: None, ana: User, open_page: OpenPage
) -> None:
    with registered(CONTRACTS):
        page = open_page(ana)
        page.goto("/start/contracts/")
        page.get_by_label("Contract").set_input_files(
            {"name": "rent.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        expect(page.get_by_role("link", name="rent.pdf")).to_be_visible()
        expect(page.get_by_text("Draft saved,")).to_be_visible()
        page.close()
        page = beside(page)
        page.goto("/start/contracts/")

        expect(page.get_by_role("link", name="rent.pdf")).to_be_visible()

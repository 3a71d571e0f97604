"""From the list to a task, to a decision, to the next task."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.expenses import start_expense
from workflows.models import HumanTask

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])


@pytest.mark.on_every_database
@BOTH
def test_list_task_decide_next_until_nothing_is_left(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage, javascript: bool
) -> None:
    for title in ("Train to Berlin", "Standing desk"):
        elsewhere(start_expense, ana, title)
    page = open_page(ben, javascript=javascript)

    page.goto("/")
    page.get_by_role("link", name="To the unclaimed tasks").click()
    page.get_by_role("link", name="Train to Berlin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approve expense")
    expect(page.get_by_role("link", name="Train to Berlin")).to_have_attribute(
        "aria-current", "true"
    )
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("status")).to_contain_text("Approve: Train to Berlin")
    expect(page.get_by_role("article")).to_contain_text("Standing desk")
    expect(page).to_have_url(f"/t/{HumanTask.objects.open().get().pk}/?view=team")
    page.get_by_label("Comment").fill("Too tall")
    page.get_by_role("button", name="Reject").click()

    expect(page.get_by_text("Nothing is unclaimed")).to_be_visible()
    assert list(HumanTask.objects.order_by("decided_at").values_list("outcome", flat=True)) == [
        "approve",
        "reject",
    ]
    page.get_by_role("link", name="Done", exact=True).click()
    expect(page.get_by_role("link", name="Standing desk")).to_be_visible()


@BOTH
def test_claiming_and_releasing(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage, javascript: bool
) -> None:
    task = elsewhere(start_expense, ana)
    page = open_page(ben, javascript=javascript)
    page.goto(f"/t/{task.pk}/?view=team")

    page.get_by_role("button", name="Claim").click()
    expect(page.get_by_role("button", name="Release")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="Inbox")).to_contain_text("1")
    page.get_by_role("button", name="Release").click()

    expect(page.get_by_role("button", name="Claim")).to_be_visible()


@pytest.mark.on_every_database
@BOTH
@pytest.mark.expected_statuses(409)
def test_the_second_of_two_reviewers_is_told_and_keeps_the_words(
    transactional_db: None, ana: User, ben: User, cleo: User, open_page: OpenPage, javascript: bool
) -> None:
    cleo.groups.set(ben.groups.all())
    task = elsewhere(start_expense, ana)
    late = open_page(cleo, javascript=javascript)
    late.goto(f"/t/{task.pk}/?view=team")
    late.get_by_label("Comment").fill("The receipt is missing")
    first = open_page(ben, javascript=javascript)
    first.goto(f"/t/{task.pk}/?view=team")
    first.get_by_role("button", name="Approve").click()
    expect(first.get_by_role("status")).to_contain_text("Approve")

    late.get_by_role("button", name="Reject").click()

    conflict = late.get_by_role("region", name="Your decision was not taken")
    expect(conflict).to_contain_text("Ben decided this task")
    expect(conflict).to_contain_text("Approve")
    expect(conflict).to_contain_text("The receipt is missing")
    task.refresh_from_db()
    assert (task.outcome, task.decided_by) == ("approve", ben)


@BOTH
@pytest.mark.expected_statuses(422)
def test_what_was_typed_stays_when_something_is_missing(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(ben, javascript=javascript)
    task = elsewhere(start_expense, ana)
    page.goto(f"/t/{task.pk}/?view=team")

    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_role("link", name="Say why.")).to_be_visible()
    page.get_by_role("link", name="Say why.").click()
    expect(page.get_by_label("Comment")).to_be_focused()
    page.get_by_label("Comment").fill("Too dear")
    page.get_by_role("button", name="Reject").click()

    expect(page.get_by_role("status")).to_contain_text("Reject")
    task.refresh_from_db()
    assert task.outcome == "reject"


@BOTH
@pytest.mark.expected_statuses(422)
def test_a_start_form_keeps_what_was_typed(
    transactional_db: None, ana: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(ana, javascript=javascript)
    page.goto("/start/")
    page.get_by_role("link", name="Expense approval").click()
    page.get_by_label("What was it for?").fill("Train to Berlin")
    page.get_by_label("Amount in euros").fill("4200")
    page.get_by_label("Cost center").fill("12")
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_be_visible()
    expect(page.get_by_label("What was it for?")).to_have_value("Train to Berlin")
    page.get_by_label("Cost center").fill("3100")
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Train to Berlin, € 4,200.00")
    expect(page.get_by_role("status").first).to_contain_text("Your request is on its way.")

"""Tabs whose session has ended, or whose token is old, or whose server is away."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.signing_in import sign_in_as
from tests.expenses import start_expense
from tests.people import person
from workflows import engine
from workflows.models import HumanTask


def test_an_ended_session_leads_to_a_whole_sign_in_page_and_back(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage
) -> None:
    task = elsewhere(start_expense, ana)
    page = open_page(ben)
    page.goto(f"/t/{task.pk}/?view=team")
    Session.objects.all().delete()

    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    sign_in_as(page, "ben")
    expect(page).to_have_url(f"/t/{task.pk}/?view=team")


@pytest.mark.only_on("sqlite")
def test_a_question_that_was_sent_too_late_is_there_again_and_can_be_sent(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage
) -> None:
    task = elsewhere(start_expense, ana)
    page = open_page(ben)
    page.goto(f"/t/{task.pk}/ask/?view=team")
    page.get_by_label("Your question").fill("Which train was it?")
    Session.objects.all().delete()

    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in_as(page, "ben")
    expect(page.get_by_label("Your question")).to_have_value("Which train was it?")
    page.get_by_role("button", name="Ask", exact=True).click()

    expect(page.get_by_role("status")).to_contain_text("Your question is on its way.")


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_why_many_are_handed_over_is_there_again_with_those_that_were_chosen(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage, javascript: bool
) -> None:
    elsewhere(person, "dana", groups=("managers",))
    for title in ("Train to Berlin", "Standing desk"):
        elsewhere(engine.claim, elsewhere(start_expense, ana, title), user=ben)
    page = open_page(ben, javascript=javascript)
    page.goto("/inbox/mine/")
    page.get_by_role("link", name="Select all").click()
    page.get_by_role("button", name="Hand over").click()
    send = page.get_by_role("article").get_by_role("button", name="Hand over")
    page.get_by_label("Hand over to").select_option("Dana")
    page.get_by_label("Reason").fill("I am away for a week")
    Session.objects.all().delete()

    send.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in_as(page, "ben")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hand over 2 tasks")
    expect(page.get_by_label("Reason")).to_have_value("I am away for a week")
    send.click()

    expect(page.get_by_role("article")).to_contain_text("2 of 2 done")


@pytest.mark.expected_statuses(403)
@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_tab_from_before_the_last_sign_in_can_send_its_form_again(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage, javascript: bool
) -> None:
    task = elsewhere(start_expense, ana)
    page = open_page(ben, javascript=javascript)
    page.goto(f"/t/{task.pk}/?view=team")
    page.get_by_label("Comment").fill("Fine by me")
    page.context.clear_cookies(name="csrftoken")
    other = page.context.new_page()
    other.goto("/settings/")

    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Send it again")).to_be_visible()
    page.get_by_role("button", name="Send again").click()

    expect(page.get_by_role("status")).to_contain_text("Approve: Train to Berlin")
    assert HumanTask.objects.get().outcome == "approve"


def test_going_back_shows_the_page_before_as_a_whole(
    transactional_db: None, ana: User, ben: User, open_page: OpenPage
) -> None:
    elsewhere(start_expense, ana)
    page = open_page(ben)
    page.goto("/inbox/team/")
    page.get_by_role("link", name="Train to Berlin").click()
    expect(page.get_by_role("article")).to_be_visible()
    page.get_by_role("link", name="My requests").click()
    expect(page).to_have_title("My requests · Signoff")

    page.go_back()
    expect(page.get_by_role("article")).to_contain_text("Train to Berlin")
    page.go_back()

    expect(page).to_have_url("/inbox/team/")
    expect(page.get_by_text("Choose a task to see it here.")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(1)


def test_a_server_that_is_away_is_said_and_nothing_typed_is_lost(
    transactional_db: None, ana: User, ben: User, browser: Browser, live_server: LiveServer
) -> None:
    task = elsewhere(start_expense, ana)
    # Not a strict page: the browser itself complains about every lost connection.
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/sign-in/?next=/t/{task.pk}/%3Fview=team")
    sign_in_as(page, "ben")
    page.get_by_label("Comment").fill("Words that stay")
    context.set_offline(True)

    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("status")).to_contain_text("The server cannot be reached.")
    expect(page.get_by_label("Comment")).to_have_value("Words that stay")
    context.set_offline(False)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_contain_text("Approve: Train to Berlin")
    context.close()

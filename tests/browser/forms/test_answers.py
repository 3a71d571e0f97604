"""Answers that change what a form asks: alternatives, conditions, and what was typed meanwhile."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.forms.journeys import BOTH, SlowLine, caret, result, submit

LOOK = "Show what follows from the answers"


@BOTH
@pytest.mark.expected_statuses(422)
def test_another_alternative_brings_its_own_questions(
    transactional_db: None, admin: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(admin, javascript=javascript)
    page.goto("/forms/payment/")
    expect(page.get_by_label("Last four digits")).to_have_value("4242")

    page.get_by_label("Kind").select_option("Bank transfer")
    if not javascript:
        page.get_by_role("button", name="Show its fields").click()
    expect(page.get_by_label("Last four digits")).to_have_count(0)
    expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_have_count(0)
    page.get_by_label("IBAN").fill("nothing")
    submit(page)
    expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_be_visible()
    expect(page.get_by_role("link", name="IBAN")).to_have_count(1)
    page.get_by_label("IBAN").fill("DE02120300000000202051")
    submit(page)

    assert result(page)["method"] == {"kind": "transfer", "iban": "DE02120300000000202051"}


@BOTH
@pytest.mark.expected_statuses(422)
def test_questions_appear_clean_and_go_away_again(
    transactional_db: None, admin: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(admin, javascript=javascript)
    page.goto("/forms/leave-request/")
    page.get_by_label("Unpaid leave").check()
    page.get_by_label("First day").fill("2026-12-01")
    page.get_by_label("Last day").fill("2026-12-02")
    page.get_by_label("Only half a day").check()
    if not javascript:
        page.get_by_role("button", name=LOOK).click()

    expect(page.get_by_label("Reason")).to_be_visible()
    expect(page.get_by_role("group", name="Which half?")).to_be_visible()
    assert page.locator("[aria-invalid=true]").count() == 0
    page.get_by_label("Only half a day").uncheck()
    if not javascript:
        page.get_by_role("button", name=LOOK).click()
    expect(page.get_by_role("group", name="Which half?")).to_have_count(0)

    submit(page)
    expect(page.get_by_role("link", name="Reason")).to_be_visible()
    page.get_by_label("Reason").fill("We are moving house")
    submit(page)

    assert result(page) == {
        "kind": "unpaid",
        "from": "2026-12-01",
        "until": "2026-12-02",
        "half_day": False,
        "reason": "We are moving house",
    }


@BOTH
@pytest.mark.expected_statuses(422)
def test_questions_that_were_not_asked_yet_are_asked_when_the_form_is_sent(
    transactional_db: None, admin: User, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(admin, javascript=javascript)
    page.goto("/forms/travel/")
    page.get_by_label("Destination").fill("Oslo")
    # Scripts ask at once: here their line is too slow for that.
    SlowLine(page)
    page.get_by_label("Car").check()
    submit(page)

    expect(page.get_by_text("brings up further questions")).to_be_visible()
    assert page.locator("[aria-invalid=true]").count() == 0
    page.get_by_label("Distance in km").fill("500")
    submit(page)

    assert result(page)["distance"] == 500


def test_caret_focus_and_text_survive_a_slow_answer(
    transactional_db: None, admin: User, open_page: OpenPage
) -> None:
    page = open_page(admin)
    page.goto("/forms/leave-request/")
    line = SlowLine(page)
    stand_in = page.get_by_label("Who stands in for you?")

    page.get_by_label("Unpaid leave").check()
    stand_in.fill("Ben Okafor")
    caret(page, 3)
    stand_in.press_sequentially("jamin ")
    expect(page.get_by_label("Reason")).to_have_count(0)
    line.let_through()

    expect(page.get_by_label("Reason")).to_be_visible()
    expect(stand_in).to_be_focused()
    expect(stand_in).to_have_value("Benjamin  Okafor")
    assert page.evaluate("document.activeElement.selectionStart") == 9
    stand_in.press("X")
    expect(stand_in).to_have_value("Benjamin X Okafor")


def test_what_is_changed_while_an_answer_is_on_its_way_is_not_overlooked(
    transactional_db: None, admin: User, open_page: OpenPage
) -> None:
    page = open_page(admin)
    page.goto("/forms/leave-request/")
    line = SlowLine(page)

    page.get_by_label("Unpaid leave").check()
    page.get_by_label("Only half a day").check()
    line.let_through()

    expect(page.get_by_label("Reason")).to_be_visible()
    expect(page.get_by_role("group", name="Which half?")).to_be_visible()
    expect(page.get_by_label("Only half a day")).to_be_checked()


@pytest.mark.expected_statuses(500)
def test_a_preview_that_fails_takes_nothing_away(
    transactional_db: None, admin: User, open_page: OpenPage
) -> None:
    page = open_page(admin)
    page.goto("/forms/leave-request/")
    page.get_by_label("Who stands in for you?").fill("Ben")
    page.route("**/form/", lambda route: route.fulfill(status=500, body="<p>Broken</p>"))

    with page.expect_response("**/form/"):
        page.get_by_label("Unpaid leave").check()

    expect(page.get_by_label("Who stands in for you?")).to_have_value("Ben")
    expect(page.get_by_text("Broken")).to_have_count(0)


def test_whoever_moves_on_while_a_row_is_added_stays_where_they_are(
    transactional_db: None, admin: User, open_page: OpenPage
) -> None:
    page = open_page(admin)
    page.goto("/forms/expense-claim/")
    line = SlowLine(page)
    purpose = page.get_by_label("What was it for?")

    page.get_by_role("button", name="Add to Receipts").click()
    purpose.fill("Fair")
    line.let_through()

    expect(page.get_by_role("group", name="Receipts").locator("li")).to_have_count(3)
    expect(purpose).to_be_focused()
    expect(purpose).to_have_value("Fair")

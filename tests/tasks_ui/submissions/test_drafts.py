"""Whatever somebody types into the form of a task is still there when they come back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.expenses import APPROVE, form_of
from tests.people import PASSWORD
from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.models import Draft, HumanTask

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
WORDS = "Half a thought"


@pytest.fixture
def browser(ben: User, sign_in: SignIn) -> Client:
    """Give Ben's browser."""
    return sign_in(ben)


def page(client: Client, task: HumanTask) -> str:
    """Give the task's page."""
    return client.get(f"/t/{task.pk}/?view=team").content.decode()


def type_in(client: Client, task: HumanTask, text: str = WORDS, **more: Any) -> Any:
    """Do what the page does while somebody writes."""
    return client.post(f"/t/{task.pk}/draft/?view=team", {"d/comment": text} | more, headers=HTMX)


def test_what_is_typed_is_kept_and_said_beside_the_form(
    browser: Client, expense: HumanTask
) -> None:
    answer = type_in(browser, expense)

    assert answer.status_code == 200
    assert "Draft saved" in answer.content.decode()
    assert "<textarea" not in answer.content.decode(), "Controls are never swapped."
    assert WORDS in page(browser, expense)
    type_in(browser, expense, "A whole thought")
    assert "A whole thought" in page(browser, expense)
    assert Draft.objects.count() == 1


def test_without_scripts_a_button_keeps_it_and_leads_back(
    browser: Client, expense: HumanTask
) -> None:
    answer = browser.post(f"/t/{expense.pk}/draft/?view=team", {"d/comment": WORDS}, follow=True)

    assert "Your draft is saved." in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_a_draft_is_ones_own(ben: User, cleo: User, sign_in: SignIn, expense: HumanTask) -> None:
    cleo.groups.set(ben.groups.all())
    type_in(sign_in(ben), expense)

    assert WORDS not in page(sign_in(cleo), expense)


def test_strangers_and_the_requester_can_keep_nothing(
    ana: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    for person in (ana, cleo):
        assert type_in(sign_in(person), expense).status_code == 404
    assert not Draft.objects.exists()


def test_it_survives_claims_releases_and_a_refused_decision(
    ben: User, browser: Client, expense: HumanTask
) -> None:
    type_in(browser, expense)
    browser.post(f"/t/{expense.pk}/claim/")
    browser.post(f"/t/{expense.pk}/release/")
    assert WORDS in page(browser, expense)

    sent = {"d/comment": "Not yet decided", **form_of(expense)}
    refused = browser.post(f"/t/{expense.pk}/decide/", sent)

    assert refused.status_code == 422
    assert "Not yet decided" in page(browser, expense)


def test_it_is_gone_once_it_has_become_a_decision(browser: Client, expense: HumanTask) -> None:
    type_in(browser, expense)

    browser.post(
        f"/t/{expense.pk}/decide/", {"outcome": APPROVE, "d/comment": WORDS, **form_of(expense)}
    )

    assert not Draft.objects.exists()


def test_a_draft_that_comes_behind_its_decision_leaves_nothing_behind(
    browser: Client, expense: HumanTask
) -> None:
    submission = browser.get(f"/t/{expense.pk}/").context["decision"].submission_id
    sent = {"outcome": APPROVE, "d/comment": WORDS, "submission": submission, **form_of(expense)}
    browser.post(f"/t/{expense.pk}/decide/", sent)

    late = type_in(browser, expense, submission=submission)

    assert "This form was sent before." in late.content.decode()
    assert not Draft.objects.exists()


def test_it_can_be_thrown_away(browser: Client, expense: HumanTask) -> None:
    type_in(browser, expense)

    answer = browser.post(f"/t/{expense.pk}/draft/", {"discard": "1"}, follow=True)

    assert "The draft is thrown away." in answer.content.decode()
    assert WORDS not in answer.content.decode()


def test_whoever_types_on_is_told_who_was_first_and_loses_no_word(
    ben: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    cleo.groups.set(ben.groups.all())
    browser = sign_in(cleo)
    engine.claim(expense, user=ben)

    answer = type_in(browser, expense)

    assert "Ben has taken this task." in answer.content.decode()
    engine.release(expense.pk, user=ben)
    assert WORDS in page(browser, expense)


def test_what_is_sent_after_the_session_has_ended_is_there_after_signing_in(
    ben: User, browser: Client, expense: HumanTask
) -> None:
    receipt = browser.get(f"/t/{expense.pk}/").context["decision"].receipt
    browser.session.flush()

    answer = browser.post(
        f"/t/{expense.pk}/draft/",
        {"d/comment": WORDS, "receipt": receipt},
        headers=HTMX | {"HX-Current-URL": f"http://testserver/t/{expense.pk}/?view=team"},
    )
    assert answer.headers["HX-Redirect"].startswith("/sign-in/?next=/t/")
    signed_in = browser.post(
        answer.headers["HX-Redirect"], {"username": "ben", "password": PASSWORD}, follow=True
    )

    assert signed_in.redirect_chain[-1][0] == f"/t/{expense.pk}/?view=team"
    assert WORDS in signed_in.content.decode()


def test_what_one_person_sent_while_signed_out_is_nobody_elses(
    ben: User, cleo: User, browser: Client, expense: HumanTask
) -> None:
    cleo.groups.set(ben.groups.all())
    receipt = browser.get(f"/t/{expense.pk}/").context["decision"].receipt
    browser.session.flush()
    browser.post(f"/t/{expense.pk}/decide/", {"d/comment": WORDS, "receipt": receipt})

    browser.post("/sign-in/", {"username": "cleo", "password": PASSWORD})

    assert WORDS not in page(browser, expense)
    assert not Draft.objects.exists()


def test_a_form_that_has_changed_meanwhile_says_so(browser: Client, expense: HumanTask) -> None:
    type_in(browser, expense)
    Draft.objects.update(form="another")

    assert "The form has changed since you began to fill it in" in page(browser, expense)
    assert WORDS in page(browser, expense)


def test_what_is_too_long_for_a_draft_is_said(browser: Client, expense: HumanTask) -> None:
    answer = type_in(browser, expense, "x" * 500_001)

    assert "This is too long to be kept as a draft." in answer.content.decode()
    assert not Draft.objects.exists()


def test_secrets_are_not_kept_and_what_no_database_stores_is_replaced(
    browser: Client, expense: HumanTask
) -> None:
    type_in(browser, expense, "nul\x00", **{"s/pin": "1234"})

    fields = Draft.objects.get().fields
    assert fields["d/comment"] == ["nul\ufffd"]
    assert "s/pin" not in fields

"""Whatever somebody types into a start form is still there when they come back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.expenses import start_form
from tests.people import PASSWORD
from tests.tasks_ui.conftest import SignIn
from workflows.models import Draft, WorkflowInstance

URL = "/start/expense_approval/"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
TYPED = {"d/title": "Half a thought", "d/amount": "12", "d/category": "travel"}


@pytest.fixture
def browser(ana: User, sign_in: SignIn) -> Client:
    """Give Ana's browser."""
    return sign_in(ana)


def words(answer: Any) -> str:
    """Give the page."""
    return str(answer.content.decode())


def type_in(client: Client, **more: str) -> Any:
    """Do what the page does while somebody writes."""
    submission = client.get(URL).context["submission"]
    sent = TYPED | {"submission": submission} | more
    return client.post(f"{URL}draft/", sent, headers=HTMX)


def test_what_is_typed_is_kept_and_shown_again_to_whoever_typed_it(
    ben: User, browser: Client, sign_in: SignIn
) -> None:
    answer = type_in(browser)

    assert "Draft saved" in words(answer)
    assert "<input" not in words(answer), "Controls are never swapped."
    page = words(browser.get(URL))
    assert 'value="Half a thought"' in page
    assert 'class="errorlist"' not in page, "Nothing is wrong with what is not sent yet."
    assert "Half a thought" not in words(sign_in(ben).get(URL))


def test_it_is_gone_once_the_request_has_started_from_it(browser: Client) -> None:
    type_in(browser)
    submission = browser.get(URL).context["submission"]

    for _twice in range(2):
        browser.post(URL, TYPED | start_form() | {"d/title": "Whole", "submission": submission})

    assert WorkflowInstance.objects.count() == 1
    assert not Draft.objects.exists()
    assert browser.get(URL).context["submission"] != submission


def test_a_draft_that_comes_behind_the_form_that_was_sent_leaves_nothing_behind(
    browser: Client,
) -> None:
    submission = browser.get(URL).context["submission"]
    browser.post(URL, TYPED | start_form() | {"submission": submission})

    late = browser.post(f"{URL}draft/", TYPED | {"submission": submission}, headers=HTMX)

    assert "This form was sent before." in words(late)
    assert not Draft.objects.exists()


def test_a_start_while_a_draft_is_stored_leaves_nothing_behind_either(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = browser.get(URL).context["submission"]
    store = Draft.objects.create

    def start_meanwhile(**named: Any) -> Any:
        browser.post(URL, TYPED | start_form() | {"submission": submission})
        return store(**named)

    monkeypatch.setattr(Draft.objects, "create", start_meanwhile)
    browser.post(f"{URL}draft/", TYPED | {"submission": submission}, headers=HTMX)

    assert WorkflowInstance.objects.count() == 1
    assert not Draft.objects.exists()


def test_it_can_be_thrown_away_and_saved_without_scripts(browser: Client) -> None:
    saved = browser.post(f"{URL}draft/", TYPED, follow=True)
    assert "Your draft is saved." in words(saved)
    assert "Half a thought" in words(saved)

    thrown = browser.post(f"{URL}draft/", {"discard": "1"}, follow=True)

    assert "The draft is thrown away." in words(thrown)
    assert "Half a thought" not in words(thrown)


def test_a_refused_start_is_kept_and_can_be_sent_later(browser: Client) -> None:
    submission = browser.get(URL).context["submission"]
    browser.post(URL, TYPED | start_form() | {"submission": submission})
    again = browser.post(URL, TYPED | start_form() | {"d/amount": "13", "submission": submission})
    assert again.status_code == 409

    page = browser.get(URL)

    assert 'value="13"' in words(page)
    kept = page.context["submission"]
    assert (
        browser.post(URL, TYPED | start_form() | {"d/amount": "13", "submission": kept}).status_code
        == 302
    )


def test_what_is_sent_after_the_session_has_ended_is_there_after_signing_in(
    browser: Client,
) -> None:
    receipt = browser.get(URL).context["receipt"]
    browser.session.flush()

    answer = browser.post(
        URL, TYPED | {"receipt": receipt}, headers={"Referer": f"http://testserver{URL}"}
    )
    page = browser.post(
        answer.headers["Location"], {"username": "ana", "password": PASSWORD}, follow=True
    )

    assert page.redirect_chain[-1][0] == URL
    assert "Half a thought" in words(page)


def test_it_says_that_the_form_has_changed_since(browser: Client) -> None:
    type_in(browser)
    Draft.objects.update(form="another")

    assert "The form has changed since you began to fill it in" in words(browser.get(URL))

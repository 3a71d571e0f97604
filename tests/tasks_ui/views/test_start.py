"""Starting a request."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.expenses import start_form
from tests.tasks_ui.conftest import SignIn
from workflows.models import WorkflowInstance

URL = "/start/expense_approval/"
FILLED = {"d/title": "Train to Berlin", "d/amount": "4200", "d/category": "travel"}


@pytest.fixture
def browser(ana: User, sign_in: SignIn) -> Client:
    """Give Ana's browser."""
    return sign_in(ana)


def fields(client: Client) -> dict[str, str]:
    """Open the form and give what it posts by itself."""
    return {"submission": client.get(URL).context["submission"], **start_form()}


def test_the_catalogue_lists_what_may_be_started(browser: Client) -> None:
    page = browser.get("/start/").content.decode()

    assert URL in page
    assert "Get your money back" in page


def test_a_filled_form_starts_a_request_of_the_person(browser: Client, ana: User) -> None:
    answer = browser.post(URL, fields(browser) | FILLED)

    instance = WorkflowInstance.objects.get()
    assert answer.headers["Location"] == f"/r/{instance.pk}/"
    assert instance.started_by == ana
    assert instance.data["title"] == "Train to Berlin"
    assert "Your request is on its way." in browser.get(f"/r/{instance.pk}/").content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(browser: Client) -> None:
    answer = browser.post(URL, fields(browser) | FILLED | {"d/cost_center": "12"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing has been sent yet" in page
    assert 'value="Train to Berlin"' in page
    assert not WorkflowInstance.objects.exists()


@pytest.mark.parametrize(
    "posted",
    [
        {"d/title": ["one", "two"]},
        {"d/title": "x" * 100_000},
        {"d/title": "nul\x00"},
        {"d/amount": "1e999"},
        {"d/amount": "-0"},
        {"d/category": "nothing"},
        {"submission": "\x00" * 100},
    ],
)
def test_odd_posts_are_refused_in_words_or_started_but_never_a_failure(
    browser: Client, posted: dict[str, Any]
) -> None:
    answer = browser.post(URL, fields(browser) | FILLED | posted)

    assert answer.status_code in {302, 422}


def test_a_post_that_no_page_has_made_starts_nothing(browser: Client) -> None:
    assert browser.post(URL, {}).status_code == 409
    assert not WorkflowInstance.objects.exists()


def test_a_form_that_is_sent_twice_starts_once(browser: Client) -> None:
    posted = fields(browser) | FILLED

    answers = [browser.post(URL, posted) for _ in range(2)]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert WorkflowInstance.objects.count() == 1


def test_the_same_form_with_other_values_asks_before_it_starts_another(browser: Client) -> None:
    posted = fields(browser) | FILLED
    browser.post(URL, posted)

    answer = browser.post(URL, posted | {"d/title": "Desk"})

    assert answer.status_code == 409
    assert "Send it again to start another." in answer.content.decode()
    again = posted | {"d/title": "Desk", "submission": answer.context["submission"]}
    assert browser.post(URL, again).status_code == 302


def test_nobody_is_led_to_what_another_started_with_the_same_form(
    browser: Client, ben: User, sign_in: SignIn
) -> None:
    posted = fields(browser) | FILLED
    browser.post(URL, posted)

    sign_in(ben).post(URL, posted)

    assert WorkflowInstance.objects.filter(started_by=ben).count() == 1


def test_an_unknown_workflow_is_404(browser: Client) -> None:
    assert browser.get("/start/nothing/").status_code == 404

"""Looking at forms as they would be: the right page, the right people, and nothing done."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.expenses import APPROVE
from tests.tasks_ui.conftest import SignIn
from workflows.models import HumanTask, WorkflowInstance

START = "/start/expense_approval/"
PREVIEW = {"HX-Request": "true", "HX-Request-Type": "partial"}
FILLED: dict[str, Any] = {"d/title": "Desk", "d/amount": "120", "d/category": "other"}


@pytest.fixture
def reviewer(ben: User, sign_in: SignIn) -> Client:
    """Give Ben's browser."""
    return sign_in(ben)


@pytest.mark.parametrize("posted", [{}, {"x": "look"}, {"x": "add r/nothing"}])
def test_a_start_form_is_shown_as_it_was_filled_in_and_starts_nothing(
    ana: User, sign_in: SignIn, posted: dict[str, str]
) -> None:
    answer = sign_in(ana).post(f"{START}form/", FILLED | posted)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Desk"' in page
    assert f'action="{START}"' in page
    assert "Nothing has been sent yet" not in page
    assert not WorkflowInstance.objects.exists()


def test_buttons_that_change_a_form_start_nothing_at_the_address_of_starting_either(
    ana: User, sign_in: SignIn
) -> None:
    sign_in(ana).post(START, FILLED | {"x": "look"})

    assert not WorkflowInstance.objects.exists()


def test_a_task_is_shown_as_it_was_filled_in_and_not_decided(
    reviewer: Client, expense: HumanTask
) -> None:
    url = f"/t/{expense.pk}/form/?view=team"
    answer = reviewer.post(url, {"d/comment": "Too dear", "x": "look", "outcome": APPROVE})

    expense.refresh_from_db()
    assert answer.status_code == 200
    assert "Too dear" in answer.content.decode()
    assert f'formaction="{url}"' in answer.content.decode()
    assert expense.status == "ready"


def test_htmx_gets_the_fields_of_a_task_only(reviewer: Client, expense: HumanTask) -> None:
    url = f"/t/{expense.pk}/form/?view=team"
    answer = reviewer.post(url, {"d/comment": "Too dear"}, headers=PREVIEW)

    assert answer.headers["HX-Retarget"] == f'[data-asked="{url}"]'
    assert "Too dear" in answer.content.decode()
    assert "outcome" not in answer.content.decode()


def test_the_form_comes_back_with_the_submission_it_began_with(
    reviewer: Client, expense: HumanTask
) -> None:
    answer = reviewer.post(f"/t/{expense.pk}/form/", {"submission": "a" * 32})

    assert f'name="submission" value="{"a" * 32}"' in answer.content.decode()


def test_who_may_not_see_a_task_is_told_nothing(
    cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    assert sign_in(cleo).post(f"/t/{expense.pk}/form/", {}).status_code == 404


def test_who_may_see_and_not_decide_keeps_the_words(
    ana: User, sign_in: SignIn, expense: HumanTask
) -> None:
    answer = sign_in(ana).post(f"/t/{expense.pk}/form/", {"d/comment": "Words that stay"})

    assert answer.status_code == 403
    assert "Words that stay" in answer.content.decode()


def test_who_may_not_start_a_workflow_sees_no_preview_of_it(ana: User, sign_in: SignIn) -> None:
    assert sign_in(ana).post("/start/nothing/form/", {}).status_code == 404


def test_the_addresses_lead_back_to_their_pages(reviewer: Client, expense: HumanTask) -> None:
    assert reviewer.get(f"{START}form/").headers["Location"] == START
    back = reviewer.get(f"/t/{expense.pk}/form/?view=team").headers["Location"]
    assert back == f"/t/{expense.pk}/?view=team"

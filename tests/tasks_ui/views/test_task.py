"""The page of one task."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.models import HumanTask


def test_it_shows_what_is_asked_known_and_done_and_how_to_decide(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    page = sign_in(ben).get(f"/t/{expense.pk}/?view=team").content.decode()

    for text in ("Approve expense", "What was it for?", "4,200", "Request started", "Manager"):
        assert text in page
    assert page.count('name="outcome"') == 2
    assert "A reason is needed for: Reject." in page
    assert "Offered to you" in page


def test_only_visible_data_is_shown(ben: User, sign_in: SignIn, expense: HumanTask) -> None:
    instance = expense.instance
    instance.data = {**instance.data, "salary": "secret-number"}
    instance.save()

    assert "secret-number" not in sign_in(ben).get(f"/t/{expense.pk}/").content.decode()


def test_strangers_see_nothing_not_even_that_it_exists(
    cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client = sign_in(cleo)

    there, nowhere = client.get(f"/t/{expense.pk}/"), client.get(f"/t/{uuid4()}/")

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content.split(b"<main")[1] == nowhere.content.split(b"<main")[1]


def test_who_asked_for_it_sees_why_another_must_decide(
    ana: User, sign_in: SignIn, expense: HumanTask
) -> None:
    page = sign_in(ana).get(f"/t/{expense.pk}/").content.decode()

    assert "another person must decide" in page
    assert 'name="outcome"' not in page


def test_what_somebody_else_has_taken_says_who(
    ben: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    cleo.groups.set(ben.groups.all())
    engine.claim(expense, user=ben)

    page = sign_in(cleo).get(f"/t/{expense.pk}/").content.decode()

    assert "Ben has taken this task." in page
    assert 'name="outcome"' not in page


def test_what_one_decided_stays_readable_without_a_form(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    engine.complete_human_task(expense, user=ben, data={"decision": "approve"})

    page = sign_in(ben).get(f"/t/{expense.pk}/?view=done").content.decode()

    assert "<strong>Approve</strong>" in page
    assert 'name="outcome"' not in page


def test_an_htmx_request_gets_the_middle_and_the_navigation(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    answer = sign_in(ben).get(
        f"/t/{expense.pk}/", headers={"HX-Request": "true", "HX-Request-Type": "partial"}
    )

    page = answer.content.decode()
    assert "<html" not in page
    assert "<title>Approve expense · Signoff</title>" in page
    assert 'id="navigation" aria-label="Main" hx-swap-oob="true"' in page


@pytest.mark.parametrize("kind", ["full", ""])
def test_a_page_restored_from_history_is_whole(
    ben: User, sign_in: SignIn, expense: HumanTask, kind: str
) -> None:
    headers = {"HX-Request": "true", "HX-Request-Type": kind}

    assert b"<html" in sign_in(ben).get(f"/t/{expense.pk}/", headers=headers).content


def test_pages_are_light(ben: User, sign_in: SignIn, expense: HumanTask) -> None:
    assert len(sign_in(ben).get(f"/t/{expense.pk}/?view=team").content) < 60_000


def test_a_candidate_who_comes_too_late_is_told_who_was_first_and_sees_their_words(
    ben: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    cleo.groups.set(ben.groups.all())
    browser = sign_in(cleo)
    browser.post(f"/t/{expense.pk}/draft/", {"d/comment": "My own view"})
    engine.complete_human_task(expense, user=ben, data={"decision": "approve"})

    answer = browser.get(f"/t/{expense.pk}/")

    page = answer.content.decode()
    assert answer.status_code == 410
    assert "Ben decided this task on" in page
    assert "Somebody was first" in page
    assert "My own view" in page
    assert "Train to Berlin" not in page, "The task itself is no longer theirs to see."

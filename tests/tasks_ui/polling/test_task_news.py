"""A task that is open somewhere hears of what others have done, for one statement."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.people import person
from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.transition import lock_one
from workflows.models import HumanTask

APPROVE = {"decision": "approve"}


@pytest.fixture
def dana(ben: User) -> User:
    """Give another manager."""
    return person("dana", groups=("managers",))


@pytest.fixture
def browser(ben: User, sign_in: SignIn) -> Client:
    """Give Ben's browser."""
    return sign_in(ben)


def question(client: Client, task: HumanTask) -> str:
    """Open the task and give the address at which its page asks for news."""
    page = client.get(f"/t/{task.pk}/?view=team").content.decode()
    found = re.search(r'<article [^>]*data-news="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def told(client: Client, asked: str) -> str:
    """Give what is told, in words alone."""
    answer = client.get(asked)
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def silent(client: Client, asked: str) -> bool:
    """Whether nothing is told."""
    return client.get(asked).status_code == 204


def change(task: HumanTask, **values: Any) -> None:
    """Change data as another branch's step does."""
    with transaction.atomic():
        transition = lock_one(task.instance_id, timezone.now())
        transition.record("step.succeeded", path="elsewhere", **transition.merge(values))
        write([transition])


def test_without_news_nothing_is_said_and_one_statement_is_spent(
    browser: Client, expense: HumanTask
) -> None:
    asked = question(browser, expense)

    with CaptureQueriesContext(connection) as statements:
        answer = browser.get(asked)

    assert (answer.status_code, answer.content) == (204, b"")
    assert len(statements) == 1, [query["sql"] for query in statements]


def test_it_says_who_decided_and_what(browser: Client, dana: User, expense: HumanTask) -> None:
    asked = question(browser, expense)

    engine.complete_human_task(expense, user=dana, data=APPROVE)

    assert re.match(r"Dana decided this task on .*: Approve\. Show$", told(browser, asked))


def test_it_says_who_has_taken_it_and_shows_it_anew_without_losing_what_is_typed(
    browser: Client, dana: User, expense: HumanTask
) -> None:
    asked = question(browser, expense)
    engine.claim(expense, user=dana)
    assert told(browser, asked) == "Dana has taken this task. Show"

    # Sent as by the button in the bar, which belongs to the form.
    page = browser.post(
        f"/t/{expense.pk}/draft/?view=team",
        {"d/comment": "My words", "show": "1"},
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
        follow=True,
    )
    assert page.redirect_chain[-1][0] == f"/t/{expense.pk}/?view=team"
    engine.release(expense.pk, user=dana)
    assert "My words" in browser.get(f"/t/{expense.pk}/").content.decode()


def test_it_says_that_it_was_handed_on_given_back_and_written_about(
    ben: User, browser: Client, dana: User, expense: HumanTask
) -> None:
    engine.claim(expense, user=ben)
    asked = question(browser, expense)

    engine.reassign(expense.pk, to=dana, user=None)
    assert "Dana has taken this task." in told(browser, asked)
    engine.release(expense.pk, user=dana)
    said = told(browser, asked)
    assert said.startswith("This has changed since you opened it")
    assert "given back · Dana" in said
    engine.comment(expense.pk, user=dana, text="Have you seen the invoice?")
    assert "Dana wrote: Have you seen the invoice?" in told(browser, asked)
    engine.comment(expense.pk, user=dana, text="Well?")
    engine.comment(expense.pk, user=dana, text="Please!")
    said = told(browser, asked)
    assert "2 more events" in said
    assert "Please!" in said


def test_it_says_who_withdrew_the_request(ana: User, browser: Client, expense: HumanTask) -> None:
    asked = question(browser, expense)

    engine.cancel_workflow(expense.instance_id, reason="No longer needed.", user=ana)

    said = told(browser, asked)
    assert "This task was cancelled on" in said
    assert "Request cancelled · Ana" in said


def test_it_says_what_has_changed_of_what_one_sees_and_of_nothing_else(
    browser: Client, expense: HumanTask
) -> None:
    asked = question(browser, expense)

    change(expense, secret=1)
    assert silent(browser, asked)
    change(expense, amount=5000)

    assert re.search(r"Amount.* was 4,?200.* and is 5,?000", told(browser, asked))


def test_what_one_does_oneself_is_no_news(ben: User, browser: Client, expense: HumanTask) -> None:
    asked = question(browser, expense)
    engine.claim(expense, user=ben)
    engine.comment(expense.pk, user=ben, text="I have it.")
    assert silent(browser, asked)

    engine.complete_human_task(expense.pk, user=ben, data=APPROVE)

    assert silent(browser, asked)


def test_a_question_belongs_to_its_task_its_session_and_whoever_is_signed_in(
    ben: User, browser: Client, dana: User, sign_in: SignIn, expense: HumanTask
) -> None:
    asked = question(browser, expense)
    engine.comment(expense, user=dana, text="Hello.")
    signed = asked.partition("signed=")[2]

    assert Client().get(asked).status_code == 403
    assert sign_in(dana).get(asked).status_code == 403
    assert browser.get(f"/poll/t/{expense.instance_id}/?signed={signed}").status_code == 403
    browser.session.flush()
    assert browser.get(asked).status_code == 403


def test_whoever_may_no_longer_see_the_task_is_told_no_more_than_who_was_first(
    ben: User, browser: Client, dana: User, expense: HumanTask
) -> None:
    asked = question(browser, expense)
    engine.comment(expense, user=dana, text="Between us.")
    engine.complete_human_task(expense.pk, user=dana, data=APPROVE)

    said = told(browser, asked)
    assert "Dana decided this task" in said
    assert "Between us." not in said
    ben.groups.clear()
    assert silent(browser, asked)

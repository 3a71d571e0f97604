"""Handing over, taking over, asking, answering, putting off and reopening: a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tasks_ui.tasks.action_forms import moments
from tests.expenses import APPROVE, form_of
from tests.tasks_ui.conftest import SignIn
from tests.workflows.asking import Ask
from tests.workflows.definitions import sequence
from workflows import engine
from workflows.engine import queries
from workflows.models import Event, HumanTask, Question, TaskAccess
from workflows.testing import drain, registered


@pytest.fixture
def mara(ben: User, cleo: User) -> User:
    """Give a second manager: Cleo under another hat."""
    cleo.groups.set(ben.groups.all())
    return cleo


@pytest.fixture
def two_questions(ana: User, ben: User) -> Iterator[HumanTask]:
    """Give the first of two tasks of a request."""
    first = Ask(groups=("managers",))
    with registered(sequence(first, Ask(groups=("managers",), title="Pay it"), name="two")):
        engine.start_workflow("two", user=ana)
        drain()
        yield HumanTask.objects.get()


@pytest.fixture
def browser(ben: User, sign_in: SignIn) -> Client:
    """Give Ben's browser."""
    return sign_in(ben)


def words(answer: object) -> str:
    """Give the page."""
    return str(answer.content.decode())  # type: ignore[attr-defined] # the test client's answer


def test_the_assignee_hands_over_to_another_candidate(
    ben: User, mara: User, browser: Client, expense: HumanTask
) -> None:
    engine.claim(expense, user=ben)
    page = words(browser.get(f"/t/{expense.pk}/hand-over/"))
    assert 'value="cleo"' in page
    assert 'value="ana"' not in page, "Who has asked for it must not decide it."

    browser.post(f"/t/{expense.pk}/hand-over/", {"to": "cleo", "reason": "I am away."})

    expense.refresh_from_db()
    assert expense.assignee == mara
    assert Event.objects.get(kind="task.reassigned").data["reason"] == "I am away."


def test_handing_over_to_somebody_else_is_refused_in_words(
    ana: User, ben: User, browser: Client, expense: HumanTask
) -> None:
    engine.claim(expense, user=ben)

    answer = browser.post(f"/t/{expense.pk}/hand-over/", {"to": "ana", "reason": "Words"})

    assert answer.status_code == 422
    assert "Words" in words(answer)


def test_a_lead_takes_over_with_a_reason(
    admin: User, ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    engine.claim(expense, user=ben)
    browser = sign_in(admin)
    assert "/take-over/" in words(browser.get(f"/t/{expense.pk}/"))

    assert browser.post(f"/t/{expense.pk}/take-over/", {"reason": ""}).status_code == 422
    browser.post(f"/t/{expense.pk}/take-over/", {"reason": "It is urgent."})

    expense.refresh_from_db()
    assert expense.assignee == admin
    assert "Ada has taken this task." not in words(sign_in(admin).get(f"/t/{expense.pk}/"))


def test_a_question_goes_to_somebody_and_comes_back_with_its_answer(
    ana: User, ben: User, browser: Client, sign_in: SignIn, expense: HumanTask
) -> None:
    asked = browser.post(
        f"/t/{expense.pk}/ask/", {"of": "ana", "question": "First class?"}, follow=True
    )
    assert "Ben asked Ana" in words(asked)
    assert "Take the question back" in words(asked)

    requester = sign_in(ana)
    assert "You were asked about this." in words(requester.get(f"/t/{expense.pk}/"))
    assert "First class?" in words(requester.get(f"/t/{expense.pk}/answer/"))
    requester.post(f"/t/{expense.pk}/answer/", {"answer": "No, second."})

    page = words(browser.get(f"/t/{expense.pk}/"))
    assert "No, second." in page
    assert 'name="outcome"' in page


def test_a_question_can_be_taken_back(
    ana: User, ben: User, browser: Client, sign_in: SignIn, expense: HumanTask
) -> None:
    engine.ask(expense, user=ben, of=ana, question="Why?")

    page = words(browser.post(f"/t/{expense.pk}/recall/", follow=True))

    assert "Taken back without an answer" in page
    assert 'name="outcome"' in page
    late = sign_in(ana).post(f"/t/{expense.pk}/answer/", {"answer": "Late words"})
    assert late.status_code == 409
    assert "Late words" in words(late)
    assert Question.objects.get().answer == ""


def test_what_is_put_off_leaves_ones_own_lists_until_there_are_news(
    ben: User, mara: User, browser: Client, expense: HumanTask
) -> None:
    browser.post(f"/t/{expense.pk}/snooze/", {"until": "tomorrow"})

    assert queries.snoozed_until(expense, ben) is not None
    assert queries.snoozed_until(expense, mara) is None
    engine.claim(expense.pk, user=mara)
    assert queries.snoozed_until(expense, ben) is None


@pytest.mark.parametrize("at", ["list", "task"])
def test_it_can_be_had_back_before(ben: User, browser: Client, expense: HumanTask, at: str) -> None:
    engine.snooze(expense, user=ben, until=timezone.now() + timedelta(days=1))
    place = "/inbox/snoozed/" if at == "list" else f"/t/{expense.pk}/"
    assert f"/t/{expense.pk}/wake/" in words(browser.get(place))

    page = browser.post(f"/t/{expense.pk}/wake/?view=snoozed", {at: "1"}, follow=True)

    assert page.redirect_chain[-1][0].startswith(place)
    assert "The task is back in your lists." in words(page)
    assert "/wake/" not in words(page)
    assert queries.snoozed_until(expense, ben) is None
    assert not TaskAccess.objects.filter(relation="snoozed").exists()


def test_mornings_are_those_of_the_readers_zone() -> None:
    found = moments(datetime(2026, 3, 28, 20, tzinfo=ZoneInfo("Europe/Berlin")))

    assert {name: moment.isoformat() for name, (_label, moment) in found.items()} == {
        "later": "2026-03-28T23:00:00+01:00",
        "tomorrow": "2026-03-29T08:00:00+02:00",
        "monday": "2026-03-30T08:00:00+02:00",
        "week": "2026-04-04T08:00:00+02:00",
        "month": "2026-04-25T08:00:00+02:00",
    }


def test_an_administrator_reopens_what_has_not_gone_on(
    admin: User, ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    engine.complete_human_task(expense, user=ben, data={"decision": "approve"})

    page = sign_in(admin).post(f"/t/{expense.pk}/reopen/", {"reason": "Wrong one."}, follow=True)

    assert "The task is open again." in words(page)
    expense.refresh_from_db()
    assert expense.status == "ready"


def test_where_the_workflow_has_gone_on_the_page_says_so_and_offers_what_works(
    admin: User, ana: User, ben: User, sign_in: SignIn, two_questions: HumanTask
) -> None:
    engine.complete_human_task(two_questions, user=ben, data={"decision": "approve"})
    drain()
    browser, at = sign_in(admin), f"/t/{two_questions.pk}"
    gone_on = "The workflow has gone on to “Pay it”"

    page = words(browser.get(f"{at}/"))
    assert gone_on in page
    assert f"{at}/reopen/" not in page
    assert gone_on in words(browser.get(f"{at}/reopen/", follow=True))
    refused = browser.post(f"{at}/reopen/", {"reason": "Wrong one."})
    assert (refused.status_code, gone_on in words(refused)) == (409, True)

    assert "correct=1" in page
    assert ">\n@ben </textarea>" in words(browser.get(f"{at}/comment/?correct=1"))
    assert f"{at}/retry/" in page
    asked = browser.post(f"{at}/retry/", {"reason": "The wrong receipt."}, follow=True)
    assert "The step asks anew." in words(asked)
    drain()
    assert HumanTask.objects.open().get().step == two_questions.step
    assert browser.post(f"{at}/retry/", {"reason": "Twice."}).status_code == 403


def test_whoever_sees_a_decision_can_ask_for_a_correction_and_nobody_asks_themselves(
    ana: User, ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    engine.complete_human_task(expense, user=ben, data={"decision": "approve"})
    assert "correct=1" not in words(sign_in(ana).get(f"/t/{expense.pk}/"))
    drain()

    assert "correct=1" in words(sign_in(ana).get(f"/t/{expense.pk}/"))
    page = words(sign_in(ben).get(f"/t/{expense.pk}/"))
    assert "correct=1" not in page
    assert "/retry/" not in page


@pytest.mark.parametrize("verb", ["hand-over", "take-over", "ask", "answer", "reopen", "snooze"])
def test_whoever_may_not_is_led_back_with_the_reason(
    ana: User, sign_in: SignIn, expense: HumanTask, verb: str
) -> None:
    answer = sign_in(ana).get(f"/t/{expense.pk}/{verb}/", follow=True)

    assert answer.redirect_chain
    assert "You started this request; another person must decide." in words(answer)


def test_whoever_sees_a_task_can_ask_who_acts_and_why_they_cannot(
    ana: User, ben: User, mara: User, sign_in: SignIn, expense: HumanTask
) -> None:
    engine.claim(expense, user=ben)

    page = words(sign_in(ana).get(f"/t/{expense.pk}/people/"))

    for text in (
        "You started this request; another person must decide.",
        "Requested by you",
        "managers",
        "Ben, Cleo",
        "Must not decide",
    ):
        assert text in page


def test_an_administrator_overrides_with_a_reason_which_everybody_sees(
    admin: User, ana: User, sign_in: SignIn, expense: HumanTask
) -> None:
    browser = sign_in(admin)
    sent = {"outcome": APPROVE, "d/comment": "Kept words", **form_of(expense)}
    refused = browser.post(f"/t/{expense.pk}/override/", sent | {"reason": " "})
    assert refused.status_code == 422
    assert "Say why." in words(refused)
    assert "Kept words" in words(refused)

    browser.post(f"/t/{expense.pk}/override/", sent | {"reason": "Everybody is away."})

    page = words(sign_in(ana).get(f"/t/{expense.pk}/"))
    assert "overridden by" in page
    assert "Everybody is away." in page

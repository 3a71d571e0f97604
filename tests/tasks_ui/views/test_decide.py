"""Deciding a task."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.expenses import APPROVE, REJECT, form_of, start_expense
from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.exceptions import UnknownWorkflow
from workflows.models import HumanTask
from workflows.testing import drain


@pytest.fixture
def browser(ben: User, sign_in: SignIn) -> Client:
    """Give Ben's browser."""
    return sign_in(ben)


def fields(client: Client, task: HumanTask) -> dict[str, str]:
    """Open the task and give what its form posts by itself."""
    context = client.get(f"/t/{task.pk}/?view=team").context
    decision = context["decision"]
    return {
        "revision": str(task.instance.data_revision),
        "submission": decision.submission_id,
        "receipt": decision.receipt,
        "fingerprint": decision.asked.fingerprint,
        "at": context["list"].here,
        "d/comment": "",
    }


def decide(client: Client, task: HumanTask, **posted: Any) -> Any:
    """Open the task and press a button."""
    return client.post(f"/t/{task.pk}/decide/?view=team", fields(client, task) | posted)


def test_a_decision_counts_and_leads_to_the_next_task(
    ana: User, ben: User, browser: Client, expense: HumanTask
) -> None:
    following = start_expense(ana, "Desk")

    answer = decide(browser, expense, outcome=APPROVE)

    expense.refresh_from_db()
    assert (expense.status, expense.outcome, expense.decided_by) == ("completed", "approve", ben)
    page = browser.get(answer.headers["Location"], follow=True)
    assert page.request["PATH_INFO"] == f"/t/{following.pk}/"
    assert "Approve: Train to Berlin" in page.content.decode()


def test_what_was_filled_in_is_part_of_the_decision(browser: Client, expense: HumanTask) -> None:
    decide(browser, expense, outcome=REJECT, **{"d/comment": "Too dear"})
    drain()

    expense.instance.refresh_from_db()
    assert expense.instance.data["comment"] == "Too dear"
    assert expense.instance.data["decision"] == "reject"


@pytest.mark.parametrize("name", ["d/amount", "d/decision", "d/comment/x", "s/secret", "k/n1"])
def test_what_the_form_has_no_field_for_is_refused_by_name_and_kept(
    browser: Client, expense: HumanTask, name: str
) -> None:
    sent = {name: "Words for nothing", "d/comment": "Kept words"}
    answer = decide(browser, expense, outcome=APPROVE, **sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"this form has no field for {name}." in page
    assert "Kept words" in page
    assert ("Words for nothing" in page) == (name != "s/secret")
    assert HumanTask.objects.get(pk=expense.pk).is_open


def test_nothing_else_can_be_posted_into_the_data(browser: Client, expense: HumanTask) -> None:
    decide(browser, expense, outcome=APPROVE, amount="1", decision="reject", **{"w/d/amount": "1"})
    drain()

    expense.instance.refresh_from_db()
    assert expense.instance.data["amount"] == 4200
    assert expense.instance.data["decision"] == "approve"


@pytest.mark.parametrize(
    "outcome",
    [[], [""], ["0"], ["9"], ["approve"], [APPROVE, REJECT], ["x" * 10_000], ["\x00"]],
)
def test_without_one_of_the_buttons_nothing_is_decided(
    browser: Client, expense: HumanTask, outcome: list[str]
) -> None:
    answer = decide(browser, expense, outcome=outcome, **{"d/comment": "Kept words"})

    assert answer.status_code == 422
    assert "Choose one of the buttons." in answer.content.decode()
    assert "Kept words" in answer.content.decode()
    assert HumanTask.objects.get(pk=expense.pk).is_open


def test_a_missing_reason_is_said_at_its_field(browser: Client, expense: HumanTask) -> None:
    answer = decide(browser, expense, outcome=REJECT)

    assert answer.status_code == 422
    assert "Say why." in answer.content.decode()
    assert HumanTask.objects.get(pk=expense.pk).is_open


@pytest.mark.parametrize(
    "posted",
    [
        {"d/comment": "x" * 100_000},
        {"d/comment": ["one", "two"]},
        {"d/comment": "nul\x00"},
        {"revision": "x"},
        {"revision": "9" * 50},
        {"submission": "x" * 5000},
        {"submission": "nul\x00"},
        {"receipt": "forged"},
        {"at": "\x00"},
        {"d": "x", "d/": "y", "d/comment/x": "z"},
    ],
)
def test_odd_posts_are_decided_or_refused_but_never_a_failure(
    browser: Client, expense: HumanTask, posted: dict[str, Any]
) -> None:
    answer = decide(browser, expense, outcome=APPROVE, **posted)

    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        assert browser.get(answer.headers["Location"], follow=True).status_code == 200


def test_a_form_that_is_sent_twice_counts_once(browser: Client, expense: HumanTask) -> None:
    posted = fields(browser, expense) | {"outcome": APPROVE}

    answers = [browser.post(f"/t/{expense.pk}/decide/", posted) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert expense.instance.events.filter(kind="task.completed").count() == 1


@pytest.mark.parametrize(
    ("outcome", "comment"), [(REJECT, "Fine."), (APPROVE, "Other words"), ("", "Fine.")]
)
def test_the_same_form_sent_again_with_another_button_or_words_says_what_counts(
    browser: Client, expense: HumanTask, outcome: str, comment: str
) -> None:
    address = f"/t/{expense.pk}/decide/"
    posted = fields(browser, expense) | {"outcome": APPROVE, "d/comment": "Fine."}
    assert browser.post(address, posted).status_code == 302

    answer = browser.post(address, posted | {"outcome": outcome, "d/comment": comment})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This form was already sent: Approve." in page
    assert "What was recorded" in page
    assert "Fine." in page
    assert comment in page
    task = HumanTask.objects.select_related("execution").get()
    assert task.execution.result == {"decision": "approve", "comment": "Fine."}
    assert browser.post(address, posted).status_code == 302


def test_who_comes_second_is_told_who_was_first_and_keeps_the_words(
    ben: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    cleo.groups.set(ben.groups.all())
    late = sign_in(cleo)
    posted = fields(late, expense) | {"outcome": REJECT, "d/comment": "Receipt is missing"}
    engine.complete_human_task(expense, user=ben, data={"decision": "approve"})

    answer = late.post(f"/t/{expense.pk}/decide/?view=team", posted)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ben decided this task" in page
    assert "Receipt is missing" in page
    assert "4,200" not in page.split("<article")[1]


def test_without_having_seen_the_form_nobody_learns_who_decided(
    ben: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    posted = fields(sign_in(ben), expense) | {"outcome": APPROVE}
    engine.complete_human_task(expense, user=ben, data={"decision": "approve"})

    answer = sign_in(cleo).post(f"/t/{expense.pk}/decide/", posted)

    assert answer.status_code == 404


@pytest.mark.parametrize("outcome", [APPROVE, "9", ""])
def test_strangers_cannot_decide_nor_learn_what_would_be_asked(
    cleo: User, sign_in: SignIn, expense: HumanTask, outcome: str
) -> None:
    answer = sign_in(cleo).post(f"/t/{expense.pk}/decide/", {"outcome": outcome})

    assert answer.status_code == 404
    assert HumanTask.objects.get(pk=expense.pk).is_open


def test_who_asked_for_it_is_told_why_another_must_decide(
    ana: User, sign_in: SignIn, expense: HumanTask
) -> None:
    sent = {"outcome": APPROVE, **form_of(expense)}
    answer = sign_in(ana).post(f"/t/{expense.pk}/decide/", sent)

    assert answer.status_code == 403
    assert "another person must decide" in answer.content.decode()


def test_who_saw_other_data_is_shown_the_difference_and_asked_again(
    browser: Client, expense: HumanTask
) -> None:
    posted = fields(browser, expense) | {"outcome": APPROVE, "d/comment": "Cheap"}
    instance = expense.instance
    instance.events.create(
        seq=999,
        kind="data.changed",
        at=instance.created_at,
        data={"data_revision": instance.data_revision + 1, "changes": {"amount": [4200, 9900]}},
    )
    instance.data["amount"] = 9900
    instance.data_revision += 1
    instance.save()

    answer = browser.post(f"/t/{expense.pk}/decide/", posted)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "4,200" in page
    assert "9,900" in page
    assert "Cheap" in page
    again = posted | {"revision": str(instance.data_revision)}
    assert browser.post(f"/t/{expense.pk}/decide/", again).status_code == 302


def test_without_the_code_nothing_is_decided_and_nothing_lost(
    browser: Client, expense: HumanTask
) -> None:
    posted = fields(browser, expense) | {"outcome": APPROVE, "d/comment": "Kept words"}

    with patch("workflows.engine.complete_human_task", side_effect=UnknownWorkflow("gone")):
        answer = browser.post(f"/t/{expense.pk}/decide/", posted)

    assert answer.status_code == 503
    assert "Try again later." in answer.content.decode()
    assert "Kept words" in answer.content.decode()


def test_reloading_the_address_of_a_refused_form_leads_to_the_task(
    browser: Client, expense: HumanTask
) -> None:
    answer = browser.get(f"/t/{expense.pk}/decide/?view=team")

    assert answer.headers["Location"] == f"/t/{expense.pk}/?view=team"


def test_a_step_whose_own_check_breaks_loses_nothing(browser: Client, expense: HumanTask) -> None:
    browser.raise_request_exception = False
    with patch(
        "workflows.examples.expense_approval.Approval.validate_submission",
        side_effect=ZeroDivisionError("secret detail"),
        create=True,
    ):
        answer = decide(browser, expense, outcome=APPROVE, **{"d/comment": "My words."})

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Nothing was decided" in page
    assert "My words." in page
    assert "secret detail" not in page
    expense.refresh_from_db()
    assert expense.is_open

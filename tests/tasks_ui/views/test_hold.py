"""Claiming a task, releasing it, and taking a decision back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.models import HumanTask


def test_claim_and_release_lead_back_to_the_task(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client = sign_in(ben)

    answer = client.post(f"/t/{expense.pk}/claim/?view=team&find=x")
    assert answer.headers["Location"] == f"/t/{expense.pk}/?view=team&find=x"
    expense.refresh_from_db()
    assert expense.assignee == ben

    client.post(f"/t/{expense.pk}/release/")
    expense.refresh_from_db()
    assert expense.assignee is None


def test_who_is_second_is_told_who_has_taken_it(
    ben: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    cleo.groups.set(ben.groups.all())
    engine.claim(expense, user=ben)

    answer = sign_in(cleo).post(f"/t/{expense.pk}/claim/", follow=True)

    assert "notice--error" in answer.content.decode()
    assert "Ben has taken this task." in answer.content.decode()


@pytest.mark.parametrize("verb", ["claim", "release", "undo"])
def test_strangers_find_nothing_and_a_get_changes_nothing(
    ben: User, cleo: User, sign_in: SignIn, expense: HumanTask, verb: str
) -> None:
    assert sign_in(cleo).post(f"/t/{expense.pk}/{verb}/").status_code == 404

    answer = sign_in(ben).get(f"/t/{expense.pk}/{verb}/")

    assert answer.headers["Location"] == f"/t/{expense.pk}/?view=mine"
    assert HumanTask.objects.get(pk=expense.pk).assignee is None


def test_what_cannot_be_undone_is_said(ben: User, sign_in: SignIn, expense: HumanTask) -> None:
    engine.complete_human_task(expense, user=ben, data={"decision": "approve"})

    answer = sign_in(ben).post(f"/t/{expense.pk}/undo/", follow=True)

    assert "It is too late to undo this decision." in answer.content.decode()

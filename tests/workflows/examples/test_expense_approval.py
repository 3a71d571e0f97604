"""Expense approval: the amount chooses who decides, and the requester hears how it ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflows.examples.conftest import Decide, Start
from workflows import engine
from workflows.examples import expense_approval
from workflows.exceptions import InvalidSubmission, NotAllowed
from workflows.models import Event, HumanTask, Incident, StepExecution, WorkflowInstance
from workflows.testing import drain

Statuses = Callable[[WorkflowInstance], dict[str, str]]
TRAIN = {"title": "Train to Lyon", "cost_center": "1100"}


def test_a_small_amount_is_approved_at_once(ana: User, start: Start, statuses: Statuses) -> None:
    expense = start("expense_approval", ana, amount=1000, **TRAIN)

    assert expense.status == "completed"
    assert list(statuses(expense)) == ["submit", "amount", "auto_approve", "book", "notify"]
    assert expense.data["status"] == "approved"


def test_a_manager_approves_a_middling_amount(
    ana: User, ben: User, start: Start, decide: Decide, statuses: Statuses
) -> None:
    expense = start("expense_approval", ana, amount=1000.01, **TRAIN)
    task = HumanTask.objects.get(instance=expense)
    assert (task.step, task.title) == ("manager_approval", "Approve expense")
    assert task.summary == "Train to Lyon, € 1,000.01"

    expense = decide(expense, "manager_approval", ben, decision="approve")

    assert expense.status == "completed"
    assert statuses(expense)["notify"] == "succeeded"
    assert expense.data["status"] == "approved"


def test_a_director_approves_a_large_amount(
    ana: User, dana: User, start: Start, decide: Decide
) -> None:
    expense = start("expense_approval", ana, amount=10_001, **TRAIN)
    expense = decide(expense, "vp_approval", dana, decision="approve")

    assert (expense.status, expense.data["status"]) == ("completed", "approved")


def test_a_rejected_expense_is_not_booked_and_its_requester_is_told(
    ana: User, ben: User, start: Start, decide: Decide, statuses: Statuses
) -> None:
    expense = start("expense_approval", ana, amount=4200, **TRAIN)
    expense = decide(expense, "manager_approval", ben, decision="reject", comment="Too dear.")

    assert (expense.status, expense.data["status"]) == ("completed", "rejected")
    assert "book" not in statuses(expense)
    assert statuses(expense)["notify_rejected"] == "succeeded"


def test_a_rejection_needs_a_comment(ana: User, ben: User, start: Start, decide: Decide) -> None:
    expense = start("expense_approval", ana, amount=4200, **TRAIN)
    with pytest.raises(InvalidSubmission) as caught:
        decide(expense, "manager_approval", ben, decision="reject", comment=" ")

    assert list(caught.value.errors) == ["/comment"]


def test_nobody_approves_their_own_expense(ben: User, start: Start, decide: Decide) -> None:
    expense = start("expense_approval", ben, amount=4200, **TRAIN)

    with pytest.raises(NotAllowed, match="another person must decide"):
        decide(expense, "manager_approval", ben, decision="approve")
    assert "Nobody can do this task" in Incident.objects.get(instance=expense).cause


def test_managers_are_reminded_a_day_before_it_is_due(ana: User, ben: User, start: Start) -> None:
    expense = start("expense_approval", ana, amount=4200, **TRAIN)
    task = HumanTask.objects.get(instance=expense)
    assert task.due_at == task.created_at + timedelta(days=3)

    drain(now=task.created_at + timedelta(days=1, hours=23))
    assert not Event.objects.filter(instance=expense, kind="task.reminded").exists()
    drain(now=task.created_at + timedelta(days=2))
    assert Event.objects.filter(instance=expense, kind="task.reminded").count() == 1


def test_a_cost_center_that_the_ledger_does_not_know_fails_after_three_attempts_and_can_be_retried(
    ana: User, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    expense = start("expense_approval", ana, title="Fonts", amount=90, cost_center="6100")
    drain(now=timezone.now() + timedelta(hours=1))
    drain(now=timezone.now() + timedelta(hours=2))

    expense.refresh_from_db()
    assert expense.status == "failed"
    assert "The ledger has no cost center 6100." in expense.error
    assert StepExecution.objects.get(instance=expense, path="book").attempt == 3

    monkeypatch.setitem(expense_approval.COST_CENTERS, "6100", "Research")
    engine.retry(expense)
    drain()
    expense.refresh_from_db()
    assert (expense.status, expense.data["status"]) == ("completed", "approved")


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"amount": 10}, "/title"),
        ({"title": "Train"}, "/amount"),
        ({"title": "Train", "amount": 0}, "/amount"),
        ({"title": "Train", "amount": 10, "category": "bribes"}, "/category"),
        ({"title": "Train", "amount": 10, "cost_center": "12"}, "/cost_center"),
        ({"title": "Train", "amount": 10, "receipt_date": "2026-02-30"}, "/receipt_date"),
    ],
)
def test_the_start_form_refuses_what_does_not_fit(
    ana: User, data: dict[str, object], pointer: str
) -> None:
    with pytest.raises(InvalidSubmission) as caught:
        engine.start_workflow("expense_approval", initial_data=data, user=ana)

    assert list(caught.value.errors) == [pointer]

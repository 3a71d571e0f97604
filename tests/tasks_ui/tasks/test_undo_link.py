"""Taking a decision back right after it, from the message that tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.utils import timezone

from tasks_ui.tasks.undo_link import undo_of
from tests.expenses import APPROVE, form_of
from tests.tasks_ui.conftest import SignIn
from tests.workflows.asking import Ask
from tests.workflows.definitions import Note, sequence
from workflows import engine
from workflows.models import HumanTask
from workflows.testing import drain, registered

WINDOW = sequence(Ask("ben", undo=timedelta(minutes=5)), Note(), name="second_thoughts")


@pytest.fixture
def task(ana: User, ben: User) -> Iterator[HumanTask]:
    """Give a task of Ben's whose decision can be taken back for five minutes."""
    with registered(WINDOW):
        engine.start_workflow(WINDOW.name, user=ana)
        drain()
        yield HumanTask.objects.get()


def test_the_next_page_offers_to_take_the_decision_back(
    task: HumanTask, ben: User, sign_in: SignIn
) -> None:
    client = sign_in(ben)

    sent = {"outcome": APPROVE, **form_of(task)}
    page = client.post(f"/t/{task.pk}/decide/", sent, follow=True).content.decode()
    assert f'action="/t/{task.pk}/undo/?view=mine" data-seconds="29' in page
    assert "data-seconds" not in client.get("/inbox/mine/").content.decode()

    client.post(f"/t/{task.pk}/undo/")
    task.refresh_from_db()
    assert (task.status, task.outcome) == ("reserved", "")


def test_a_decision_that_counts_at_once_offers_nothing(
    ben: User, expense: HumanTask, sign_in: SignIn
) -> None:
    sent = {"outcome": APPROVE, **form_of(expense)}
    answer = sign_in(ben).post(f"/t/{expense.pk}/decide/", sent, follow=True)

    assert "Approve: Train to Berlin" in answer.content.decode()
    assert "data-seconds" not in answer.content.decode()


def test_what_is_too_late_is_not_offered() -> None:
    gone = timezone.now() - timedelta(seconds=1)

    assert undo_of(Message(SUCCESS, "Done", f"/t/1/undo/ {gone.isoformat()}")) is None
    assert undo_of(Message(SUCCESS, "Done")) is None

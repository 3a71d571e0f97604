"""A page whose database is lost in the middle: nothing half, nothing twice, and a way on."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.broken_lines import breaks_at, breaks_at_commit
from tests.expenses import APPROVE, start_expense
from tests.tasks_ui.conftest import SignIn
from tests.workflows.definitions import sequence
from workflows import WebhookStep, engine
from workflows.engine.work.webhook_tokens import Address, make_token
from workflows.models import Event, HumanTask, WebhookToken, WorkflowInstance
from workflows.testing import drain, registered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser(ben: User, sign_in: SignIn) -> Client:
    """Give Ben's browser, which shows what goes wrong."""
    client = sign_in(ben)
    client.raise_request_exception = False
    return client


@pytest.fixture
def task(ana: User) -> HumanTask:
    """Give a task that waits for Ben."""
    return start_expense(ana)


def form(browser: Client, task: HumanTask) -> dict[str, str]:
    """Open the task and give what is sent when a button is pressed."""
    decision = browser.get(f"/t/{task.pk}/?view=team").context["decision"]
    return {
        "revision": str(task.instance.data_revision),
        "submission": decision.submission_id,
        "receipt": decision.receipt,
        "d/comment": "Have a good trip.",
        "fingerprint": decision.asked.fingerprint,
        "outcome": APPROVE,
    }


@pytest.mark.parametrize("after", [False, True])
def test_a_decision_whose_commit_is_not_answered_counts_once_when_it_is_sent_again(
    browser: Client, task: HumanTask, *, after: bool
) -> None:
    sent = form(browser, task)

    with breaks_at_commit(after=after):
        answer = browser.post(f"/t/{task.pk}/decide/", sent)
    assert answer.status_code == 503
    assert "send it again" in answer.content.decode()
    assert HumanTask.objects.get().status == ("completed" if after else "ready")

    assert browser.post(f"/t/{task.pk}/decide/", sent).status_code == 302
    drain()
    assert HumanTask.objects.get().status == "completed"
    assert Event.objects.filter(kind="task.completed").count() == 1
    assert WorkflowInstance.objects.get().data["comment"] == "Have a good trip."


@pytest.mark.parametrize("table", ["workflows_stepexecution", "workflows_taskaccess"])
def test_a_decision_that_breaks_in_the_middle_has_not_been_made(
    browser: Client, task: HumanTask, table: str
) -> None:
    sent = form(browser, task)
    events = Event.objects.count()

    with breaks_at(table, after=True):
        answer = browser.post(f"/t/{task.pk}/decide/", sent)

    assert answer.status_code == 503
    assert HumanTask.objects.get().status == "ready"
    assert Event.objects.count() == events


@pytest.mark.parametrize("after", [False, True])
def test_a_call_whose_commit_is_not_answered_counts_once_when_it_comes_again(
    *, after: bool
) -> None:
    with registered(sequence(WebhookStep())):
        instance = engine.start_workflow("sequence")
        drain()
        path = f"/workflows/hooks/{make_token(Address(instance.pk, 'a', 1))}/"
        call = {"content_type": "application/json", "headers": {"X-Delivery-Id": "1"}}

        with breaks_at_commit(after=after):
            first = Client().post(path, json.dumps({}), **call)  # type: ignore[arg-type]
        again = Client().post(path, json.dumps({}), **call)  # type: ignore[arg-type]

    assert (first.status_code, again.status_code) == (503, 200)
    assert int(first.headers["Retry-After"]) > 0
    assert again.json()["repeated"] is after
    assert WebhookToken.objects.get().received_at is not None

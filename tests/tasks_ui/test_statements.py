"""How many statements a page may cost: twelve, with session, person and navigation."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.expenses import APPROVE, start_expense
from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.models import HumanTask

AT_MOST = 12


@pytest.fixture
def reviewer(ana: User, ben: User, sign_in: SignIn) -> Client:
    """Give the browser of somebody who has much to do, before anything is remembered."""
    for number in range(8):
        task = start_expense(ana, f"Desk {number}")
        engine.comment(task, user=ana, text="I need it, @ben.")
        if number % 2:
            engine.claim(task, user=ben)
    cache.clear()
    return sign_in(ben)


def statements(context: CaptureQueriesContext) -> list[str]:
    """Give the statements that were captured, without what only the tests' transactions add."""
    return [
        query["sql"]
        for query in context.captured_queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))
    ]


@pytest.mark.parametrize(
    "url", ["/inbox/mine/", "/inbox/team/", "/inbox/done/", "/inbox/team/?find=desk"]
)
def test_a_list_costs_at_most_twelve(reviewer: Client, url: str) -> None:
    with CaptureQueriesContext(connection) as context:
        assert reviewer.get(url).status_code == 200

    assert len(statements(context)) <= AT_MOST, statements(context)


@pytest.mark.parametrize("status", ["ready", "reserved"])
def test_a_task_costs_at_most_twelve(reviewer: Client, status: str) -> None:
    task = HumanTask.objects.filter(status=status)[0]

    with CaptureQueriesContext(connection) as context:
        assert reviewer.get(f"/t/{task.pk}/?view=team").status_code == 200

    assert len(statements(context)) <= AT_MOST, statements(context)


@pytest.mark.parametrize("status", ["ready", "reserved"])
def test_a_decision_costs_at_most_twelve(reviewer: Client, status: str) -> None:
    task = HumanTask.objects.filter(status=status)[0]
    decision = reviewer.get(f"/t/{task.pk}/").context["decision"]
    posted = {
        "outcome": APPROVE,
        "fingerprint": decision.asked.fingerprint,
        "revision": str(task.instance.data_revision),
        "submission": decision.submission_id,
    }

    with CaptureQueriesContext(connection) as context:
        assert reviewer.post(f"/t/{task.pk}/decide/", posted).status_code == 302

    assert len(statements(context)) <= AT_MOST, statements(context)

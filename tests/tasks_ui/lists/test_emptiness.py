"""What an empty list says: what else there is, what is too narrow, and whom to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.expenses import start_expense
from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.test_statements import AT_MOST, statements
from workflows import engine
from workflows.engine.lists import suggestions
from workflows.models import HumanTask


def test_an_empty_inbox_counts_what_else_there_is(ana: User, ben: User, sign_in: SignIn) -> None:
    first, second, _third = (start_expense(ana, title) for title in ("One", "Two", "Three"))
    engine.snooze(first, user=ben, until=timezone.now() + timedelta(days=1))
    engine.ask(second, user=ben, of=ana, question="Why?")

    page = sign_in(ben).get("/inbox/mine/").content.decode()

    assert "your groups have 1 task that nobody" in page
    assert "1 that you have put off" in page
    assert "1 that waits for an answer" in page
    assert "As of " in page


def test_a_list_that_is_too_narrow_says_which_part_of_it_is(
    ana: User, ben: User, sign_in: SignIn
) -> None:
    for title in ("Standing desk", "Sitting desk", "Train"):
        start_expense(ana, title)
    client = sign_in(ben)

    page = client.get("/inbox/team/?find=desk&due=overdue&by=ana").content.decode()

    assert "Without <strong>Overdue</strong> there are 2 tasks." in page
    assert 'href="/inbox/team/?find=desk&amp;by=ana">Leave out Overdue</a>' in page


@pytest.mark.parametrize(
    "query", ["find=nowhere", "find=nowhere&due=overdue", "priority=2&age=day"]
)
def test_where_nothing_alone_is_too_narrow_only_all_is_offered(
    ben: User, sign_in: SignIn, expense: HumanTask, query: str
) -> None:
    page = sign_in(ben).get(f"/inbox/team/?{query}").content.decode()

    assert "Without <strong>" not in page
    assert "Show all" in page


@pytest.mark.parametrize("sort", ["due", "newest", "priority"])
def test_everything_that_narrows_can_be_left_out_in_every_order(
    ben: User, sign_in: SignIn, expense: HumanTask, sort: str
) -> None:
    for narrow in ("find=nowhere", "due=overdue", "priority=2", "by=cleo", "age=month", "of=other"):
        page = sign_in(ben).get(f"/inbox/team/?find=train&{narrow}&sort={sort}").content.decode()
        assert ("there is 1 task." in page) == (narrow != "find=nowhere"), narrow


def test_the_hint_looks_only_at_the_first_rows_and_costs_one_statement(
    ana: User, ben: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_expense(ana, "Standing desk")
    start_expense(ana, "Train")
    client = sign_in(ben)
    url = "/inbox/team/?find=train&due=overdue"
    with CaptureQueriesContext(connection) as context:
        assert "Leave out" in client.get(url).content.decode()
    assert len(statements(context)) <= AT_MOST

    monkeypatch.setattr(suggestions, "LOOKED_AT", 1)

    assert "Leave out" not in client.get(url).content.decode()


def test_somebody_without_groups_is_told_whom_to_ask(
    ana: User, ben: User, admin: User, sign_in: SignIn
) -> None:
    User.objects.filter(pk=admin.pk).update(email="ada@example.org", first_name="Ada")
    ana.groups.clear()

    for url in ("/inbox/mine/", "/inbox/team/"):
        page = sign_in(ana).get(url).content.decode()
        assert "You are in no group yet" in page
        assert 'href="mailto:ada@example.org"' in page
        assert "You are in no group yet" not in sign_in(ben).get(url).content.decode()

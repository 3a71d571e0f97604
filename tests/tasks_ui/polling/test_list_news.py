"""A list that is open somewhere hears of what has changed, for one statement."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tasks_ui.lists import page as lists
from tests.expenses import start_expense
from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.models import HumanTask


def question(client: Client, url: str = "/inbox/team/") -> str:
    """Give the address at which a page asks for news."""
    found = re.search(r'data-news="([^"]+)"', client.get(url).content.decode())
    assert found is not None
    return unescape(found[1])


def test_without_news_nothing_is_said_and_one_statement_is_spent(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client = sign_in(ben)
    asked = question(client)

    with CaptureQueriesContext(connection) as statements:
        answer = client.get(asked)

    assert (answer.status_code, answer.content) == (204, b"")
    assert len(statements) == 1, [query["sql"] for query in statements]


def test_what_is_new_and_what_is_gone_is_counted(
    ana: User, ben: User, cleo: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client = sign_in(ben)
    asked = question(client)
    cleo.groups.set(ben.groups.all())
    engine.claim(expense, user=User.objects.get(pk=cleo.pk))
    start_expense(ana, "Desk")
    start_expense(ana, "Chair")

    page = client.get(asked).content.decode()

    assert "2 new" in page
    assert "1 gone" in page
    assert expense.pk.hex[-12:] in page
    assert 'href="/inbox/team/"' in page


def test_what_comes_behind_the_page_is_no_news_of_the_page(
    ana: User, ben: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "SIZE", 2)
    for title in ("One", "Two", "Three"):
        start_expense(ana, title)
    client = sign_in(ben)
    asked = question(client)

    start_expense(ana, "Four")

    assert client.get(asked).status_code == 204


def test_a_question_belongs_to_its_session(
    ana: User, ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    asked = question(sign_in(ben))

    assert sign_in(ana).get(asked).status_code == 403
    assert Client().get(asked).status_code == 403
    assert sign_in(ben).get("/poll/inbox/team/?signed=nonsense").status_code == 403
    assert sign_in(ben).get("/poll/inbox/nowhere/").status_code == 404


def test_numbers_of_the_navigation_cost_one_statement_and_are_told_when_they_change(
    ana: User, ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    client = sign_in(ben)
    page = client.get("/requests/").content.decode()
    asked = unescape(re.findall(r'data-counts="([^"]+)"', page)[0])

    with CaptureQueriesContext(connection) as statements:
        answer = client.get(asked)
    assert (answer.status_code, answer.content, len(statements)) == (204, b"", 1)

    start_expense(ana, "Desk")
    told = client.get(asked).content.decode()
    assert 'data-count="team"><span class="navigation__count">2<' in told
    assert told.count("navigation__count") == 1
    again = unescape(re.findall(r'data-counts="([^"]+)"', told)[0])
    assert client.get(again).status_code == 204


def test_numbers_are_told_to_nobody_else(ana: User, ben: User, sign_in: SignIn) -> None:
    page = sign_in(ben).get("/requests/").content.decode()
    asked = unescape(re.findall(r'data-counts="([^"]+)"', page)[0])

    assert sign_in(ana).get(asked).status_code == 403
    assert Client().get("/poll/counts/").status_code == 403

"""Comments on the page of a task and of its request, written there without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.tasks_ui.conftest import SignIn
from workflows.engine import queries
from workflows.models import Event, HumanTask

ID = "a" * 32


@pytest.fixture
def browser(ben: User, sign_in: SignIn) -> Client:
    """Give Ben's browser."""
    return sign_in(ben)


def words(answer: Any) -> str:
    """Give the page."""
    return str(answer.content.decode())


def test_it_is_posted_from_the_task_and_read_on_the_request(
    ana: User, browser: Client, sign_in: SignIn, expense: HumanTask
) -> None:
    url = f"/t/{expense.pk}/comment/"
    assert f'action="{url}?' in words(browser.get(f"/t/{expense.pk}/?view=team"))

    for _twice in range(2):
        answer = browser.post(url, {"comment": "One <b>\ntwo", "submission": ID}, follow=True)
        assert "Your comment is posted." in words(answer)

    requested = sign_in(ana).get(f"/r/{expense.instance_id}/")
    assert url in words(requested)
    for page in (browser.get(f"/t/{expense.pk}/"), requested):
        assert words(page).count("One &lt;b&gt;<br>two") == 1
        assert "Ben wrote" in words(page)


def test_who_is_mentioned_is_told_where_they_look_and_says_that_they_have_seen_it(
    ana: User, browser: Client, sign_in: SignIn, expense: HumanTask
) -> None:
    browser.post(f"/t/{expense.pk}/comment/", {"comment": "@ana second class?"})
    requester = sign_in(ana)
    assert "mentions you" in words(requester.get("/inbox/mine/"))
    assert "You were mentioned below." in words(requester.get(f"/t/{expense.pk}/"))

    page = words(requester.post(f"/t/{expense.pk}/noted/", follow=True))

    assert "You were mentioned" not in page
    assert "mentions you" not in words(requester.get("/inbox/mine/"))


def test_whom_to_mention_can_be_chosen_and_what_was_typed_comes_along(
    cleo: User, browser: Client, expense: HumanTask
) -> None:
    page = browser.post(f"/t/{expense.pk}/comment/", {"comment": "Second class?", "look": "1"})
    assert page.status_code == 200
    assert "Second class?" in words(page)
    assert 'value="ana"' in words(page)
    assert 'value="cleo"' not in words(page), "She may not see the task."
    assert not Event.objects.filter(kind="task.commented").exists()

    browser.post(f"/t/{expense.pk}/comment/", {"comment": "Second class?", "mention": "ana"})

    assert Event.objects.get(kind="task.commented").data["comment"] == "@ana Second class?"


def test_a_refused_mention_keeps_the_words(cleo: User, browser: Client, expense: HumanTask) -> None:
    answer = browser.post(f"/t/{expense.pk}/comment/", {"comment": "@cleo my words"})

    assert answer.status_code == 422
    assert "Nobody called “cleo” may see this task." in words(answer)
    assert "@cleo my words</textarea>" in words(answer)
    assert queries.history(expense.instance, None)[-1].comment == ""

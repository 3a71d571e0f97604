"""A web process that is killed when a decision has just been committed: the decision stands."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User

from tests.chaos.doors import Answer, Form, Pages
from tests.durability import deadly_commits
from tests.durability.conftest import StartProgram
from tests.durability.journeys import wait_until_completed
from tests.durability.processes import wait_for
from workflows import engine
from workflows.models import Event, HumanTask

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

EXPENSE = {"title": "Train to Berlin", "amount": 4200, "category": "travel"}


def test_a_decision_outlives_the_web_process_that_has_just_committed_it(
    start_program: StartProgram, free_port: str, tmp_path: Path, ana: User, ben: User
) -> None:
    deadly = tmp_path / "deadly"
    site = start_program("up", PORT=free_port, **{deadly_commits.VARIABLE: str(deadly)})
    wait_for(lambda: "Open http://" in site.said, means=site.said)
    instance = engine.start_workflow("expense_approval", initial_data=EXPENSE, user=ana)
    wait_for(HumanTask.objects.filter(instance=instance).exists)
    send = opened(Pages(int(free_port)), HumanTask.objects.get(), ben)

    deadly.touch()
    with pytest.raises((http.client.HTTPException, OSError)):
        send()
    assert not deadly.exists()

    wait_until_completed(instance)
    assert send().status == http.client.FOUND
    assert Event.objects.filter(kind="task.completed", actor=ben).count() == 1
    numbers = list(Event.objects.filter(instance=instance).values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def opened(browser: Pages, task: HumanTask, user: User) -> Callable[[], Answer]:
    """Open the task's page; give a function that approves, with the same form each time."""
    browser.sign_in(user)
    cookies = {"sessionid": browser._sessions[user.pk]}
    shown = browser._ask("GET", f"/t/{task.pk}/?view=team", cookies)
    sent = urlencode({**Form(shown.page).fields, "outcome": '"approve"'})

    def send() -> Answer:
        return browser._ask("POST", f"/t/{task.pk}/decide/", {**cookies, **shown.cookies}, sent)

    return send

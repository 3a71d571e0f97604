"""The race: everybody's form is filled in, a barrier falls, and every answer is looked at."""

from __future__ import annotations

import html
import http.client
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.contrib.auth.models import Group, User
from django.test import Client

from tasks_ui.submissions.form_token import receipt
from tests.durability.processes import wait_for
from tests.expenses import APPROVE, REJECT, form_of
from tests.people import person
from workflows import engine
from workflows.engine import queries
from workflows.models import Event, HumanTask, Relation, TaskAccess

DECIDERS: Final = 50
TIMEOUT: Final = 90.0
TOKEN: Final = "x" * 32
"""The browser's CSRF cookie, which its forms repeat."""

EXPENSE: Final = {"title": "Train to Berlin", "amount": 4200, "category": "travel"}


@dataclass(frozen=True)
class Told:
    """What one of them was answered."""

    status: int
    text: str


class Decider:
    """Somebody whose browser is connected, and whose form is filled in."""

    def __init__(self, user: User, port: int) -> None:
        self.user = user
        client = Client()
        client.force_login(user)
        self._cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"
        self._port = port

    def decide(self, task: HumanTask, barrier: threading.Barrier) -> Told:
        """Connect, wait for the others, and press a button at the same moment as they."""
        body = urlencode(
            {
                "csrfmiddlewaretoken": TOKEN,
                "receipt": receipt(task, self.user.pk),
                "outcome": [APPROVE, REJECT][self.user.pk % 2],
                **form_of(task),
                "d/comment": f"By {self.user.username}.",
            }
        )
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT)
        try:
            connection.connect()
            barrier.wait(timeout=TIMEOUT)
            connection.request(
                "POST",
                f"/t/{task.pk}/decide/",
                body,
                {"Cookie": self._cookies, "Content-Type": "application/x-www-form-urlencoded"},
            )
            answer = connection.getresponse()
            return Told(answer.status, _words(answer.read().decode()))
        finally:
            connection.close()


def deciders(port: int) -> list[Decider]:
    """Make fifty managers, each signed in with a browser of their own."""
    Group.objects.get_or_create(name="managers")
    names = [f"manager{number:02}" for number in range(DECIDERS)]
    return [Decider(person(name, groups=("managers",)), port) for name in names]


def tasks(rounds: int, requester: User) -> list[HumanTask]:
    """Start a request for each round, and wait until all of them ask somebody."""
    started = [
        engine.start_workflow("expense_approval", initial_data=EXPENSE, user=requester)
        for _ in range(rounds)
    ]
    waiting = queries.whole_tasks().filter(instance__in=started)
    wait_for(lambda: waiting.count() == rounds, seconds=600)
    return list(waiting)


def run(task: HumanTask, racers: Sequence[Decider]) -> list[str]:
    """Run one race; give what went wrong, in sentences."""
    barrier = threading.Barrier(len(racers))
    with ThreadPoolExecutor(len(racers)) as pool:
        told = list(pool.map(lambda racer: racer.decide(task, barrier), racers))
    return [*_answers_at_fault(told), *_rows_at_fault(task, told, racers)]


def _answers_at_fault(told: Sequence[Told]) -> list[str]:
    won = [one for one in told if one.status == http.client.FOUND]
    lost = [one for one in told if one.status == http.client.CONFLICT]
    found = [f"Answered {one.status}." for one in told if one not in won and one not in lost]
    if len(won) != 1:
        found.append(f"{len(won)} were told that they have decided.")
    return found + [
        f"A loser was told: {one.text[:300]}"
        for one in lost
        if not re.search(r"Manager\d\d decided this task on .+: (Approve|Reject)\.", one.text)
    ]


def _rows_at_fault(task: HumanTask, told: Sequence[Told], racers: Sequence[Decider]) -> list[str]:
    decided = HumanTask.objects.get(pk=task.pk)
    events = Event.objects.filter(instance=task.instance, kind="task.completed")
    rows = TaskAccess.objects.filter(task=task, relation=Relation.DECIDER)
    winners = [
        racer.user.pk
        for racer, one in zip(racers, told, strict=True)
        if one.status == http.client.FOUND
    ]
    found = []
    if winners != [decided.decided_by_id]:
        found.append(f"{winners} were told that they won, but {decided.decided_by} is stored.")
    if events.count() != 1 or rows.count() != 1:
        found.append(f"{events.count()} events and {rows.count()} deciders are stored.")
    return found


def _words(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))

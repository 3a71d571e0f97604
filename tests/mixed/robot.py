"""A person at two servers of different releases: opens here, sends there, looks, sends again."""

from __future__ import annotations

import http.client
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.test import Client

from tests.mixed.forms import RELEASES, Pair, some_data
from tests.mixed.page import OpenForm
from workflows import engine
from workflows.engine import queries
from workflows.engine.definitions.stored import stored
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain, registered

TOKEN: Final = "x" * 32
"""The browser's CSRF cookie, which its forms repeat."""
TIMEOUT: Final = 60.0
TRIES: Final = 12
"""How often somebody sends a form that comes back."""

Posted = Sequence[tuple[str, str]]


@dataclass
class Told:
    """What came of many submissions.

    Attributes:
        wrong: sentences about what was recorded otherwise than it was seen, or lost.
    """

    sent: int = 0
    recorded: int = 0
    refused: int = 0
    changed: int = 0
    wrong: list[str] = field(default_factory=list)


class Robot:
    """Fills in forms at random, and compares what is recorded with what stood on its screen."""

    def __init__(self, ports: dict[str, int], ben: User, admin: User, seed: str) -> None:
        self._ports = ports
        self._ben, self._admin = ben, admin
        self._sessions = {user.pk: _session_of(user) for user in (ben, admin)}
        self._random = Random(seed)  # noqa: S311 - the same submissions every time
        self.told = Told()

    def submit(self, pair: Pair) -> None:
        """Send one form of a workflow, or one for many tasks."""
        match self._random.randrange(20):
            case 0 | 1 | 2:
                self._start(pair)
            case 3 | 4:
                self._decide_many(pair)
            case 5 | 6 | 7:
                self._decide(pair, self._admin, "override")
            case _:
                self._decide(pair, self._ben, "decide")

    def _decide(self, pair: Pair, user: User, verb: str) -> None:
        (task,) = self._tasks(pair, 1)
        page = f"/t/{task.pk}/" + ("override/" if verb == "override" else "")
        sent = self._send_until_taken(pair, user, page, f"/t/{task.pk}/{verb}/")
        now = HumanTask.objects.select_related("execution").get(pk=task.pk)
        if sent is None:
            self._expect(now.is_open, f"{pair.name}: nothing was taken, but it is {now.status}.")
            return
        release, button, seen = sent
        told = pair.tasks[release].told(now.execution.result or {})
        self._compare(pair, release, (button, seen), (now.outcome_label, told))

    def _start(self, pair: Pair) -> None:
        before = WorkflowInstance.objects.filter(workflow=pair.name).count()
        page = f"/start/{pair.name}/"
        sent = self._send_until_taken(pair, self._ben, page, page)
        rows = WorkflowInstance.objects.filter(workflow=pair.name).order_by("-created_at", "-pk")
        self._expect(rows.count() == before + (sent is not None), f"{pair.name}: {sent} started.")
        if sent is not None:
            release, _button, seen = sent
            self._compare(pair, release, ("", seen), ("", pair.starts[release].told(rows[0].data)))

    def _decide_many(self, pair: Pair) -> None:
        tasks = [queries.find_task(task.pk) for task in self._tasks(pair, 2)]
        picks = [("pick", f"{one.pk.hex}.{one.instance.data_revision}") for one in tasks]
        first, second = self._random.choices(RELEASES, k=2)
        asked = self._ask(first, self._ben, "/bulk/?view=mine", [("act", "decide"), *picks])
        form = OpenForm(asked.text, "/bulk/")
        if not form.buttons or set(form.buttons) == {""}:
            return
        button = self._random.choice([*form.buttons])
        self._ask(second, self._ben, form.action, form.post(button))
        self.told.sent += 1
        for task in HumanTask.objects.filter(pk__in=[one.pk for one in tasks]):
            if task.is_open:
                self.told.changed += 1
            else:
                self._compare(pair, second, (button, {}), (task.outcome_label, {}))

    def _send_until_taken(
        self, pair: Pair, user: User, page: str, action: str
    ) -> tuple[str, str, dict[str, str]] | None:
        """Open a page and send its form, and what comes back; give what stood there at the last.

        That is which release took it, the words of the button, and what stood in the fields.
        """
        release = self._release()
        form = OpenForm(self._ask(release, user, page).text, action)
        for tried in range(TRIES):
            self._fill_in(form, all_of_it=tried > 1)
            button = self._random.choice([*form.buttons])
            if self._random.random() < 0.4:
                # Somebody else starts a request meanwhile.
                stored(pair.definition(self._release()))
            if tried < TRIES // 2 and self._random.random() < 0.6:
                release = self._release()
            answer = self._ask(release, user, form.action, self._with_reason(form, button))
            self.told.sent += 1
            if answer.status == http.client.FOUND:
                self.told.recorded += 1
                return release, button, form.seen
            self._expect(answer.status in {409, 422}, f"{form.action}: {answer.status}.")
            self.told.refused += 1
            self.told.changed += "The form has changed since you opened it" in answer.text
            words = [text.split()[0] for text in form.seen.values() if text.startswith("words")]
            lost = [text for text in words if text not in answer.text]
            self._expect(not lost, f"{form.action}: {lost} were lost at {release}.")
            form = OpenForm(answer.text, action)
        return None

    def _tasks(self, pair: Pair, count: int) -> list[HumanTask]:
        """Start requests in one of the releases, and give their open tasks."""
        release = self._release()
        data = some_data(pair.starts[release].schema)
        with registered(pair.definition(release)):
            started = [engine.start_workflow(pair.name, initial_data=data) for _ in range(count)]
            drain()
        return list(HumanTask.objects.filter(instance__in=started))

    def _fill_in(self, form: OpenForm, *, all_of_it: bool) -> None:
        for one in form.fields:
            if (one.is_at_fault and all_of_it) or self._random.random() < 0.4:
                one.fill_in(self._random)

    def _with_reason(self, form: OpenForm, button: str) -> Posted:
        """Give what is sent; whoever overrides says why."""
        post = [(name, text) for name, text in form.post(button) if name != "reason"]
        is_override = form.action.split("?")[0].endswith("/override/")
        return [*post, ("reason", "They are away.")] if is_override else post

    def _compare(
        self,
        pair: Pair,
        release: str,
        seen: tuple[str, dict[str, str]],
        recorded: tuple[str, dict[str, str]],
    ) -> None:
        self._expect(
            seen == recorded, f"{pair.name} at {release}: seen {seen}, recorded {recorded}."
        )

    def _expect(self, holds: bool, sentence: str) -> None:
        if not holds:
            self.told.wrong.append(sentence)

    def _release(self) -> str:
        return self._random.choice(RELEASES)

    def _ask(self, release: str, user: User, address: str, post: Posted | None = None) -> Answer:
        """Ask one of the servers, as a browser without scripts does."""
        headers = {"Cookie": f"sessionid={self._sessions[user.pk]}; csrftoken={TOKEN}"}
        body = None
        if post is not None:
            fields = [pair for pair in post if pair[0] != "csrfmiddlewaretoken"]
            body = urlencode([*fields, ("csrfmiddlewaretoken", TOKEN)])
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", self._ports[release], timeout=TIMEOUT)
        try:
            line.request("GET" if post is None else "POST", address, body, headers)
            answer = line.getresponse()
            return Answer(answer.status, answer.read().decode())
        finally:
            line.close()


@dataclass(frozen=True)
class Answer:
    """What a server has answered."""

    status: int
    text: str


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.cookies["sessionid"].value)

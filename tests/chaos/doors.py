"""The doors through which clients come in: the engine's verbs, or the site's pages over HTTP."""

from __future__ import annotations

import http.client
import json
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any, Final, Protocol
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.test import Client

from workflows import engine
from workflows.exceptions import UnknownToken, WorkflowError
from workflows.models import HumanTask

TIMEOUT: Final = 15.0


class Door(Protocol):
    """Takes decisions and calls; tells whether they were acknowledged, raises when that is open."""

    def decide(self, task: HumanTask, user: User, word: str) -> bool:
        """Approve the task with a word."""

    def call(self, token: str, said: str, delivery_id: str) -> bool:
        """Call the webhook step that the token is for."""


class Verbs:
    """Without a web server."""

    def decide(self, task: HumanTask, user: User, word: str) -> bool:
        data = {"decision": "approve", "word": word}
        try:
            engine.complete_human_task(task, user=user, data=data, submission_id=word)
        except WorkflowError:
            return False
        return True

    def call(self, token: str, said: str, delivery_id: str) -> bool:
        try:
            engine.receive_webhook(token, {"said": said}, delivery_id=delivery_id)
        except UnknownToken:
            return False
        return True


class Pages:
    """Through the site's pages, as a browser without JavaScript."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._sessions: dict[Any, str] = {}
        self._asking: set[http.client.HTTPConnection] = set()

    def is_asked(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._asking)

    def sign_in(self, user: User) -> None:
        """Give the user a session, as a browser has from the day before."""
        client = Client()
        client.force_login(user)
        self._sessions[user.pk] = client.cookies["sessionid"].value

    def decide(self, task: HumanTask, user: User, word: str) -> bool:
        address = f"/t/{task.pk}/"
        cookies = {"sessionid": self._sessions[user.pk]}
        shown = self._ask("GET", f"{address}?view=team", cookies)
        form = Form(shown.page) if shown.status == http.client.OK else None
        if form is None or "receipt" not in form.fields:
            return False
        posted = {**form.fields, "outcome": '"approve"', "d/word": word}
        posted["csrfmiddlewaretoken"] = form.fields["csrfmiddlewaretoken"]
        answer = self._ask(
            "POST", f"{address}decide/?view=team", {**cookies, **shown.cookies}, urlencode(posted)
        )
        return answer.status == http.client.FOUND

    def call(self, token: str, said: str, delivery_id: str) -> bool:
        headers = {"Content-Type": "application/json", "X-Delivery-Id": delivery_id}
        answer = self._ask(
            "POST", f"/workflows/hooks/{token}/", {}, json.dumps({"said": said}), headers
        )
        return answer.status == http.client.OK

    def _ask(
        self,
        method: str,
        path: str,
        cookies: dict[str, str],
        body: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT)
        self._asking.add(connection)
        try:
            connection.request(method, path, body, _headers(cookies, headers))
            answer = Answer(connection.getresponse())
        finally:
            self._asking.discard(connection)
            connection.close()
        if answer.status >= http.client.INTERNAL_SERVER_ERROR:
            raise ConnectionError(f"{method} {path} was answered {answer.status}.")
        return answer


class Answer:
    """What the server said: read to the end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.page = response.read().decode()
        parsed: SimpleCookie = SimpleCookie()
        for header in response.headers.get_all("Set-Cookie", []):
            parsed.load(header)
        self.cookies = {name: morsel.value for name, morsel in parsed.items()}


class Form(HTMLParser):
    """The hidden fields of the form that decides."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._is_inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if tag == "form":
            self._is_inside = str(found.get("action") or "").partition("?")[0].endswith("/decide/")
        if self._is_inside and tag == "input" and found.get("type") == "hidden":
            self.fields[str(found.get("name"))] = found.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False


def _headers(cookies: dict[str, str], more: dict[str, str] | None) -> dict[str, str]:
    together = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": together,
        **(more or {}),
    }

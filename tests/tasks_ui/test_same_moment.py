"""A moment is the same everywhere: typed in one zone, kept, shown in another, sent and told.

`MOMENTS` says how many are drawn (1000 for all of them), and `SEED` which.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import formats, timezone

from tasks_ui.models import UserSettings
from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.moments import Drawn, draw, shown, typed
from tests.tasks_ui.schema_form.browser import Browser
from tests.workflows.asking import Ask
from tests.workflows.definitions import sequence
from workflows import engine
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain, registered

COUNT: Final = int(os.environ.get("MOMENTS", "40"))
SEED: Final = int(os.environ.get("SEED", "12"))
MOMENT: Final = {"type": "string", "format": "date-time"}
HTMX: Final = {"HX-Request": "true", "HX-Request-Type": "partial"}
DRAWN: Final = [draw(numbers) for numbers in [random.Random(SEED)] for _ in range(COUNT)]  # noqa: S311

pytestmark = [pytest.mark.thorough, pytest.mark.slow]


class Walk:
    """One person at the pages of a form: the start form of a workflow, or the form of a task."""

    def __init__(self, client: Client, person: User, address: str, send: str, keep: str) -> None:
        self.client, self.person = client, person
        self.address, self.send, self.keep = address, send, keep

    def go_to(self, zone: str) -> None:
        """Change the settings, as in another tab."""
        UserSettings.objects.update_or_create(user=self.person, defaults={"time_zone": zone})

    def look(self) -> Browser:
        """Open the page."""
        answer = self.client.get(self.address)
        assert answer.status_code == 200
        return Browser(answer.content.decode())

    def type(self, page: Browser, drawn: Drawn) -> dict[str, list[str]]:
        """Give what is sent from a page, with the moment typed as it is there."""
        return page.post | {"d/at": typed(drawn.moment, page.post["z"][0])}

    def post(self, address: str, sent: dict[str, list[str]], status: int, **more: Any) -> None:
        """Send it."""
        answer = self.client.post(address, sent, **more)
        assert answer.status_code == status, answer.content.decode()


def form(default: datetime) -> dict[str, Any]:
    """Give a form that asks for a moment, and begins with another."""
    left = {**MOMENT, "default": default.isoformat()}
    return {"type": "object", "properties": {"at": MOMENT, "left": left}, "required": ["at"]}


def ask(default: datetime) -> Ask:
    """Give a step that asks for it."""
    return Ask("ana", form_schema=form(default))


@pytest.fixture
def ana_at_work(ana: User, sign_in: SignIn) -> Client:
    """Give Ana's browser."""
    return sign_in(ana)


@contextmanager
def started(client: Client, ana: User, drawn: Drawn) -> Iterator[tuple[Walk, Any]]:
    """Give one of both kinds of form, with what gives the data that came of it."""
    first = form(drawn.default)
    with registered(sequence(ask(drawn.default), name="moments", start_schema=first)):
        if drawn.is_start:
            address = "/start/moments/"
            walk = Walk(client, ana, address, address, f"{address}draft/")
            yield walk, lambda: WorkflowInstance.objects.get().data
            return
        engine.start_workflow("moments", initial_data={"at": "2026-01-01T00:00:00Z"}, user=ana)
        drain()
        task = HumanTask.objects.get()
        address = f"/t/{task.pk}/"
        walk = Walk(client, ana, address, f"{address}decide/", f"{address}draft/")
        yield walk, lambda: HumanTask.objects.get().execution.result


def check(data: dict[str, Any], drawn: Drawn) -> None:
    """Compare what was recorded with what was meant: a moment, and a text that nobody touched."""
    assert datetime.fromisoformat(data["at"]) == drawn.moment
    assert data["left"] == drawn.default.isoformat()


@pytest.mark.parametrize("drawn", DRAWN, ids=range(len(DRAWN)))
def test_a_moment_is_the_same_everywhere(ana: User, ana_at_work: Client, drawn: Drawn) -> None:
    with started(ana_at_work, ana, drawn) as (walk, data):
        walk.go_to(drawn.typed_in)
        open_page = walk.look()
        sent = walk.type(open_page, drawn)
        walk.go_to(drawn.read_in)

        # Kept in the zone of the page, and shown in that of the reader.
        walk.post(walk.keep, sent, 200, headers=HTMX)
        again = walk.look()
        assert again.post["z"] == [drawn.read_in]
        assert shown(again, "d/at") == drawn.moment
        assert abs(shown(again, "d/left") - drawn.default).total_seconds() < 1
        # Kept there once more, untouched, and back where it was typed.
        walk.post(walk.keep, again.post, 200, headers=HTMX)
        walk.go_to(drawn.typed_in)
        back = walk.look()
        assert shown(back, "d/at") == drawn.moment
        walk.go_to("Pacific/Kiritimati")

        chosen = random.Random(str(drawn)).choice([sent, again.post, back.post])  # noqa: S311
        # A task has a single button here, a start form none.
        walk.post(walk.send, {**chosen, "outcome": ["done"]}, 302)
        check(data(), drawn)


def test_pages_tell_the_moment_of_their_reader(ana: User, ana_at_work: Client) -> None:
    for drawn in DRAWN:
        with registered(
            sequence(ask(drawn.default), name="told", start_schema=form(drawn.default))
        ):
            data = {"at": drawn.moment.isoformat()}
            instance = engine.start_workflow("told", initial_data=data, user=ana)
            UserSettings.objects.update_or_create(user=ana, defaults={"time_zone": drawn.read_in})
            page = ana_at_work.get(f"/r/{instance.pk}/").content.decode()

        there = drawn.moment.astimezone(ZoneInfo(drawn.read_in))
        with timezone.override(drawn.read_in):
            assert formats.date_format(there, "DATETIME_FORMAT") in page

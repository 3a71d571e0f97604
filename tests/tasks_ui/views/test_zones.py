"""Whatever becomes of somebody's settings, what they typed means what their page said."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tasks_ui.bulk.selection import Pick
from tasks_ui.models import UserSettings
from tasks_ui.tasks.action_forms import moments
from tests.people import PASSWORD
from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.schema_form.browser import Browser
from tests.workflows.asking import Ask
from tests.workflows.definitions import sequence
from workflows import engine
from workflows.engine import queries
from workflows.models import HumanTask
from workflows.testing import drain, registered

FORM: dict[str, Any] = {
    "type": "object",
    "properties": {"at": {"type": "string", "format": "date-time"}},
}
AT: dict[str, list[str]] = {"d/at": ["2026-07-01T17:00"]}
MEANT = "2026-07-01T17:00:00+09:00"


def in_zone(user: User, zone: str) -> None:
    """Change somebody's settings."""
    UserSettings.objects.update_or_create(user=user, defaults={"time_zone": zone})


def sent_from(client: Client, address: str, of: str = "d/at") -> dict[str, list[str]]:
    """Give what an open page sends; it was opened in Tokyo."""
    page = Browser(client.get(address).content.decode()).post
    assert page["z"] == ["Asia/Tokyo"]
    assert of in page
    return page


def test_an_override_is_read_in_the_zone_of_its_page(
    admin: User, ben: User, sign_in: SignIn
) -> None:
    client = sign_in(admin)
    in_zone(admin, "Asia/Tokyo")
    with registered(sequence(Ask("ben", form_schema=FORM))):
        engine.start_workflow("sequence", user=ben)
        drain()
        task = HumanTask.objects.get()
        sent = sent_from(client, f"/t/{task.pk}/override/") | AT
        in_zone(admin, "America/New_York")
        refused = client.post(f"/t/{task.pk}/override/", sent | {"outcome": "done"})
        again = Browser(refused.content.decode()).post
        given = {"outcome": "done", "reason": "Ben is away."}
        client.post(f"/t/{task.pk}/override/", again | given)

    assert refused.status_code == 422
    assert HumanTask.objects.get().execution.result == {"at": MEANT}


def test_what_is_sent_after_the_session_has_ended_means_the_same(
    ana: User, ben: User, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    in_zone(ana, "Asia/Tokyo")
    with registered(sequence(Ask("ben"), start_schema=FORM)):
        sent = sent_from(client, "/start/sequence/") | AT
        client.logout()
        client.post("/start/sequence/", sent)
        in_zone(ana, "America/New_York")
        client.post("/sign-in/", {"username": "ana", "password": PASSWORD})
        page = Browser(client.get("/start/sequence/").content.decode()).post

    assert page["d/at"] == ["2026-07-01T04:00"]
    assert page["z"] == ["America/New_York"]


@pytest.mark.parametrize("of_many", [True, False])
def test_tomorrow_morning_is_that_of_the_page(
    ben: User, sign_in: SignIn, expense: HumanTask, of_many: bool
) -> None:
    client = sign_in(ben)
    in_zone(ben, "Asia/Tokyo")
    address = "/bulk/" if of_many else f"/t/{expense.pk}/snooze/"
    if of_many:
        chosen = {"act": "snooze", "pick": str(Pick(expense.pk, expense.instance.data_revision))}
        answer = client.post(address, chosen)
    else:
        answer = client.get(address)
    sent = Browser(answer.content.decode()).post
    assert sent["z"] == ["Asia/Tokyo"]
    in_zone(ben, "America/New_York")

    client.post(address, sent | {"until": ["tomorrow"]})

    until = queries.snoozed_until(expense, ben)
    assert until is not None
    there = until.astimezone(ZoneInfo("Asia/Tokyo"))
    today = timezone.localdate(timezone=ZoneInfo("Asia/Tokyo"))
    assert (there.hour, (there.date() - today).days) == (8, 1)


def test_a_snooze_of_an_unknown_zone_is_refused(
    ben: User, sign_in: SignIn, expense: HumanTask
) -> None:
    sent = {"until": "tomorrow", "z": "Moon/Base"}

    answer = sign_in(ben).post(f"/t/{expense.pk}/snooze/", sent)

    assert answer.status_code == 422
    assert "time zone of this form is not known" in answer.content.decode()
    assert queries.snoozed_until(expense, ben) is None


@pytest.mark.parametrize("evening", [datetime(2026, 3, 28, 23), datetime(2026, 10, 24, 23)])  # noqa: DTZ001
def test_three_hours_of_a_night_with_other_clocks_are_three(evening: datetime) -> None:
    there = evening.replace(tzinfo=ZoneInfo("Europe/Berlin"), hour=23)
    later = moments(there)["later"][1]

    assert later.timestamp() - there.timestamp() == 3 * 3600
    assert moments(there)["tomorrow"][1].hour == 8

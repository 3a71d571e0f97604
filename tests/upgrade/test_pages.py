"""Whoever was signed in stays so, and what their browsers had open is answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing

from tasks_ui.models import UserSettings
from tests.people import PASSWORD
from tests.upgrade.conftest import Upgraded
from tests.upgrade.pages import Tab, words
from tests.upgrade.rows import call
from tests.upgrade.tabs import WORDS
from tests.workflows.files import PDF
from workflows import engine
from workflows.models import Attachment, HumanTask, WebhookToken, WorkflowInstance
from workflows.models.tasks import OPEN_TASK

pytestmark = pytest.mark.slow

PEOPLE = ("ada", "ana", "ben", "cleo", "dana", "emil")
NAMES_OF_ITEMS = [
    f"Have a look ({number} of 3): {name}" for number, name in enumerate(("one", "two", "three"), 1)
]
PAGES = ("/", "/inbox/team/", "/inbox/done/", "/requests/", "/start/", "/settings/")


@pytest.fixture
def _soon_after(site: Upgraded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be a minute later for what is good for hours only: poll addresses, links of mails.

    All else in the site lasts for a century, so that nothing but these needs to know the time.
    """
    later = datetime.fromisoformat(site.notes["made_at"]) + timedelta(minutes=1)
    monkeypatch.setattr(signing, "time", SimpleNamespace(time=later.timestamp))
    local = later.replace(tzinfo=None)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: local)


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_is_still_signed_in_and_sees_their_pages(site: Upgraded, who: str) -> None:
    tab = site.tab(who)

    for page in PAGES:
        answer = tab.client.get(page, follow=True)
        assert answer.status_code == 200
        assert answer.wsgi_request.user.get_username() == who
        assert not answer.wsgi_request.path.startswith("/sign-in/")


def test_requests_and_tasks_in_every_state_have_their_pages(site: Upgraded) -> None:
    ada = site.tab("ada")
    requests = {(row.workflow, row.status): row for row in WorkflowInstance.objects.all()}
    tasks = {(row.step, row.status): row for row in HumanTask.objects.all()}

    for request in requests.values():
        assert ada.read(f"/r/{request.pk}/")
    for task in tasks.values():
        assert task.title in ada.read(f"/t/{task.pk}/")
    for case in ("canceled", "failed", "in groups", "lost", "onboarding", "suspended", "to move"):
        assert ada.read(f"/admin/workflows/workflowinstance/{site.request(case).pk}/change/")


def test_what_was_to_be_said_next_is_said(site: Upgraded) -> None:
    assert "Your settings are saved." in site.tab("emil").read("/requests/")


def test_the_way_back_that_came_with_a_message_leads_back(site: Upgraded) -> None:
    ben, task = site.tab("ben"), site.task("alone")
    assert task.status == "decided"

    answer = ben.send(ben.open("/requests/", f"/t/{task.pk}/undo/"))

    assert answer.status_code == 302
    assert site.task("alone").status == "reserved"


def test_settings_keys_and_saved_views_are_as_they_were(site: Upgraded) -> None:
    page = site.tab("ben").read("/inbox/team/")
    kept = UserSettings.objects.get(user__username="ben")

    assert (kept.theme, kept.time_zone, kept.keys["claim"]) == ("dark", "Europe/Rome", "y")
    assert "Picks" in words(page)


@pytest.mark.usefixtures("_soon_after")
@pytest.mark.parametrize("name", ["list news", "task news", "counts"])
def test_a_page_that_asks_by_itself_hears_nothing_until_there_is_news(
    site: Upgraded, name: str
) -> None:
    tab = site.tab("dana")
    assert tab.client.get(site.address(name)).status_code == 204

    ben = site.tab("ben").client.get("/").wsgi_request.user
    for case in ("polled", "ready"):
        engine.claim(site.task(case).pk, user=ben)

    answer = tab.client.get(site.address(name))
    assert answer.status_code == 200
    assert answer.content


@pytest.mark.usefixtures("_soon_after")
def test_the_link_of_a_mail_leads_to_a_new_password(site: Upgraded) -> None:
    cleo = Tab("cleo")
    page = cleo.client.get(site.address("new password"), follow=True)
    (address, _status) = page.redirect_chain[-1]
    html = page.content.decode()

    form = cleo.open(address, address, html=html)
    answer = cleo.send(form, new_password1=f"{PASSWORD} 2", new_password2=f"{PASSWORD} 2")

    assert answer.headers["Location"] == "/sign-in/"
    assert Tab("cleo").sign_in(f"{PASSWORD} 2").headers["Location"] == "/"


def test_what_was_sent_after_the_session_had_ended_is_there_after_signing_in(
    site: Upgraded,
) -> None:
    tab, page = site.tab("signed out"), f"/t/{site.task('signed out').pk}/"
    answer = tab.send(site.form("sign in again"), username="dana", password=PASSWORD)

    assert answer.headers["Location"] == page
    shown = tab.read(page)
    assert f"{WORDS} comment" in shown
    assert f"{WORDS} d__comment" in shown


def test_drafts_are_shown_although_releases_before_named_their_forms_otherwise(
    site: Upgraded,
) -> None:
    drafts = {
        site.tab("ben").read(f"/t/{site.task('with a draft').pk}/"): WORDS,
        site.tab("ana").read("/start/upgrade_approval/"): "paper.pdf",
    }

    for page, typed in drafts.items():
        assert typed in page
        # Once: what is saved from now on names the form as it is named now.
        assert "The form has changed since you began to fill it in" in page


def test_files_are_given_out_to_whom_they_were_given_out_before(site: Upgraded) -> None:
    sent = Attachment.objects.get(instance__data__title="from a page")
    parked = Attachment.objects.get(uploaded_by__username="ana")
    task = sent.instance.tasks.get() if sent.instance else None
    assert task is not None

    ben, ana = site.tab("ben"), site.tab("ana")
    of_request = ben.client.get(f"/r/{sent.instance_id}/file/{sent.pk}/")
    of_task = site.tab("dana").client.get(f"/t/{task.pk}/file/{sent.pk}/")
    own = ana.client.get(f"/file/{parked.pk}/")

    assert [_content(answer) for answer in (of_request, of_task, own)] == [
        *(PDF + b"%ben", PDF + b"%ben"),
        PDF + b"%ana",
    ]
    assert ana.client.get(f"/t/{task.pk}/file/{sent.pk}/").status_code == 404


def _content(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_the_addresses_of_webhooks_are_still_called(site: Upgraded) -> None:
    call(site.address("payment"), {"paid": False})
    # Its call came before its time and was taken; the same again is known.
    call(site.address("early payment"), {"paid": True})
    call(site.address("later payment"), {"paid": True})
    call("/workflows/hooks/sent-3/", {"sent": True})

    kept = WebhookToken.objects.exclude(received_at=None)
    assert sorted(kept.values_list("instance__metadata__case", "path")) == [
        ("called early", "paid"),
        ("not called yet", "paid"),
        ("waits for parcel", "paid"),
        ("waits for parcel", "sent"),
        ("waits for payment", "paid"),
    ]


def test_tasks_of_items_say_which_is_meant_though_they_were_stored_without(site: Upgraded) -> None:
    tab, request = site.tab("ada"), site.request("for each")
    stored = HumanTask.objects.filter(instance=request, status__in=OPEN_TASK)

    found = [words(tab.read(f"/t/{task.pk}/")) for task in stored]
    waiting = words(tab.read(f"/r/{request.pk}/"))

    assert {*stored.values_list("title", flat=True)} == {"Have a look"}
    assert len(found) > 1
    for page in found:
        (said,) = {text for text in NAMES_OF_ITEMS if text in page}
        assert f"{said}:" in waiting

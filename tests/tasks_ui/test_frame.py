"""What is around every page: navigation, notices, and what scripts and styles may not need."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tasks_ui.models import UserSettings
from tests.tasks_ui.conftest import SignIn


def test_everybody_is_told_when_no_worker_does_the_work(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)

    with patch("workflows.engine.queries.work_is_stalled", return_value=True) as asked:
        pages = [client.get(url).content.decode() for url in ("/requests/", "/inbox/mine/")]

    assert all("no worker is running" in page for page in pages)
    assert asked.call_count == 1


def test_strangers_are_not_told_about_workers(client: Client, db: None) -> None:
    with patch("workflows.engine.queries.work_is_stalled", return_value=True):
        assert "no worker" not in client.get("/sign-in/").content.decode()


def test_only_staff_are_led_to_the_administration(ana: User, admin: User, sign_in: SignIn) -> None:
    assert 'href="/admin/"' in sign_in(admin).get("/requests/").content.decode()
    assert 'href="/admin/"' not in sign_in(ana).get("/requests/").content.decode()


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("/inbox/mine/", "Inbox"),
        ("/inbox/done/", "Inbox"),
        ("/inbox/team/", "Team"),
        ("/requests/", "My requests"),
        ("/start/", "Start"),
        ("/settings/", "Settings"),
        ("/settings/password/", "Settings"),
    ],
)
def test_the_navigation_says_where_one_is(ana: User, sign_in: SignIn, url: str, place: str) -> None:
    page = sign_in(ana).get(url).content.decode()

    navigation = page.split("<nav")[1].split("</nav>")[0]
    current = navigation.split('aria-current="page"')
    assert len(current) == 2
    assert f">{place}<" in current[1].split("</a>")[0]


def test_pages_need_no_inline_script_or_style(ana: User, sign_in: SignIn) -> None:
    answer = sign_in(ana).get("/settings/")

    page = answer.content.decode()
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('<script type="module"')


def test_a_language_that_is_written_from_right_to_left_turns_the_page_round(
    ana: User, sign_in: SignIn
) -> None:
    client = sign_in(ana)
    assert '<html lang="en" dir="ltr"' in client.get("/settings/").content.decode()

    UserSettings.objects.create(user=ana, language="ar")

    assert '<html lang="ar" dir="rtl"' in client.get("/settings/").content.decode()

"""Forms of tabs that were open before the person signed in again."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tasks_ui.models import UserSettings

HERE = {"Origin": "http://testserver"}
TYPED = {"time_zone": "Asia/Tokyo", "theme": "dark", "note": 'a "quoted" <b>word</b>'}


@pytest.fixture
def strict(ana: User) -> Client:
    """Give Ana's browser, whose token is checked as that of every browser is."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    return client


def test_the_form_comes_back_filled_and_can_be_sent_again(strict: Client) -> None:
    answer = strict.post("/settings/", TYPED | {"csrfmiddlewaretoken": "old"}, headers=HERE)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "What you typed is still here" in page
    assert 'name="note" value="a &quot;quoted&quot; &lt;b&gt;word&lt;/b&gt;"' in page
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    strict.post("/settings/", TYPED | {"csrfmiddlewaretoken": token[1]}, headers=HERE)
    assert UserSettings.objects.get().theme == "dark"


def test_passwords_never_come_back(strict: Client) -> None:
    answer = strict.post(
        "/settings/password/", {"old_password": "secret1", "new_password1": "s2"}, headers=HERE
    )

    assert b"secret1" not in answer.content


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {}])
def test_what_another_site_sends_is_not_given_back(strict: Client, headers: dict[str, str]) -> None:
    answer = strict.post("/settings/", TYPED, headers=headers)

    assert answer.status_code == 403
    assert b"Asia/Tokyo" not in answer.content


def test_an_htmx_request_gets_the_form_in_the_middle_of_its_page(strict: Client) -> None:
    answer = strict.post("/settings/", TYPED, headers=HERE | {"HX-Request-Type": "partial"})

    assert b"Send again" in answer.content
    assert b"<html" not in answer.content


def test_an_old_sign_in_page_simply_starts_again(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/sign-in/?next=/requests/", {"username": "ana"}, headers=HERE)

    assert answer.headers["Location"] == "/sign-in/?next=/requests/"


def test_who_is_signed_out_signs_in_first(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(
        "/settings/", TYPED, headers=HERE | {"Referer": "http://testserver/settings/"}
    )

    assert answer.headers["Location"] == "/sign-in/?next=/settings/"

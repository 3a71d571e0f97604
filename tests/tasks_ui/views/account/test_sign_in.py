"""Signing in and out."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tasks_ui.site.throttle import PER_ADDRESS, PER_PERSON_AND_ADDRESS
from tests.people import PASSWORD
from tests.tasks_ui.conftest import SignIn

WRONG = {"username": "ana", "password": "wrong"}
RIGHT = {"username": "ana", "password": PASSWORD}


def test_a_stranger_is_led_to_sign_in_and_back_to_the_page(ana: User, client: Client) -> None:
    first = client.get("/requests/?after=x")
    assert first.headers["Location"] == "/sign-in/?next=/requests/%3Fafter%3Dx"

    answer = client.post("/sign-in/", RIGHT | {"next": "/requests/?after=x"})

    assert answer.headers["Location"] == "/requests/?after=x"


def test_nobody_is_led_to_another_site(ana: User, client: Client) -> None:
    answer = client.post("/sign-in/", RIGHT | {"next": "https://evil.example/"})

    assert answer.headers["Location"] == "/"


def test_a_wrong_password_is_said_beside_what_was_typed(ana: User, client: Client) -> None:
    answer = client.post("/sign-in/", WRONG)

    assert answer.status_code == 422
    assert b'value="ana"' in answer.content
    assert b"correct username and password" in answer.content
    assert b"wrong" not in answer.content


def test_after_a_few_wrong_passwords_even_the_right_one_must_wait(
    ana: User, client: Client
) -> None:
    for _ in range(PER_PERSON_AND_ADDRESS):
        assert client.post("/sign-in/", WRONG).status_code == 422

    answer = client.post("/sign-in/", RIGHT)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert "Too many attempts" in answer.content.decode()


def test_the_pause_is_for_one_person_at_one_address(ana: User, ben: User, client: Client) -> None:
    for _ in range(PER_PERSON_AND_ADDRESS):
        client.post("/sign-in/", WRONG)

    elsewhere = client.post("/sign-in/", RIGHT, REMOTE_ADDR="10.0.0.9")
    other = Client().post("/sign-in/", RIGHT | {"username": "ben"})

    assert (elsewhere.status_code, other.status_code) == (302, 302)


def test_one_address_cannot_try_every_name(ana: User, client: Client) -> None:
    for number in range(PER_ADDRESS):
        client.post("/sign-in/", WRONG | {"username": f"person{number}"})

    assert client.post("/sign-in/", RIGHT).status_code == 429


def test_signing_in_forgives_the_wrong_attempts(ana: User) -> None:
    for _ in range(2):
        for _ in range(PER_PERSON_AND_ADDRESS - 1):
            Client().post("/sign-in/", WRONG)
        assert Client().post("/sign-in/", RIGHT).status_code == 302


@pytest.mark.parametrize("username", ["", "\x00", "a" * 10_000, "\udcff"])
def test_odd_names_are_only_wrong(ana: User, client: Client, username: str) -> None:
    data = f"username={username}&password=x".encode(errors="surrogatepass")

    answer = client.post("/sign-in/", data, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 422


def test_an_inactive_person_cannot_sign_in_and_is_signed_out(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    User.objects.update(is_active=False)

    assert client.get("/requests/").status_code == 302
    assert Client().post("/sign-in/", RIGHT).status_code == 422


def test_signing_out_needs_a_post(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)

    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/requests/").status_code == 302


def test_who_is_signed_in_needs_no_sign_in_page(ana: User, sign_in: SignIn) -> None:
    assert sign_in(ana).get("/sign-in/?next=/requests/").headers["Location"] == "/requests/"


@pytest.mark.parametrize("url", ["/", "/inbox/mine/", "/requests/", "/start/", "/settings/"])
def test_every_page_is_for_those_who_are_signed_in(db: None, client: Client, url: str) -> None:
    assert client.get(url).headers["Location"].startswith(reverse("login"))


def test_an_expired_session_leads_an_htmx_request_to_sign_in_and_back_to_its_page(
    db: None, client: Client
) -> None:
    answer = client.get(
        "/inbox/mine/?after=1-2",
        headers={
            "HX-Request": "true",
            "HX-Request-Type": "partial",
            "HX-Current-URL": "http://testserver/requests/?after=x",
        },
    )

    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=/requests/%3Fafter%3Dx"


def test_an_expired_session_leads_a_post_back_to_the_page_of_its_form(
    db: None, client: Client
) -> None:
    answer = client.post("/settings/", headers={"Referer": "http://testserver/settings/"})

    assert answer.headers["Location"] == "/sign-in/?next=/settings/"


def test_another_site_is_never_the_page_to_come_back_to(db: None, client: Client) -> None:
    answer = client.post("/settings/", headers={"Referer": "https://evil.example/settings/"})

    assert answer.headers["Location"] == "/sign-in/?next=/"

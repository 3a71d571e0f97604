"""Changing a password, and getting in again without it."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from tasks_ui.site.throttle import PER_PERSON_AND_ADDRESS
from tests.people import PASSWORD
from tests.tasks_ui.conftest import SignIn

NEW = "a staple for the battery horse"


def test_a_changed_password_is_kept_and_said(ana: User, sign_in: SignIn) -> None:
    passwords = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}

    answer = sign_in(ana).post("/settings/password/", passwords, follow=True)

    assert "Your password is changed." in answer.content.decode()
    ana.refresh_from_db()
    assert ana.check_password(NEW)


def test_a_wrong_old_password_changes_nothing(ana: User, sign_in: SignIn) -> None:
    passwords = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}

    answer = sign_in(ana).post("/settings/password/", passwords)

    assert "errorlist" in answer.content.decode()
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_the_link_in_the_mail_sets_a_new_password_once(ana: User, client: Client) -> None:
    client.post("/password/", {"email": ana.email})
    (letter,) = mail.outbox
    found = re.search(r"http://testserver(/password/\S+)", str(letter.body))
    assert found

    form = client.get(found[1], follow=True)
    path = form.request["PATH_INFO"]
    answer = client.post(path, {"new_password1": NEW, "new_password2": NEW}, follow=True)

    assert "You can sign in with it." in answer.content.decode()
    ana.refresh_from_db()
    assert ana.check_password(NEW)
    assert "no longer works" in Client().get(found[1], follow=True).content.decode()


def test_the_mail_says_the_name_as_it_is(client: Client, db: None) -> None:
    User.objects.create_user("o'neil", "o@example.org", PASSWORD)

    client.post("/password/", {"email": "o@example.org"})

    assert "Your user name is o'neil." in mail.outbox[0].body


def test_nobody_learns_which_addresses_are_known(ana: User, client: Client) -> None:
    known = client.post("/password/", {"email": ana.email}, follow=True)
    unknown = client.post("/password/", {"email": "nobody@example.org"}, follow=True)

    assert len(mail.outbox) == 1
    assert known.redirect_chain == unknown.redirect_chain


def test_nobody_can_be_flooded_with_mails(ana: User, client: Client) -> None:
    for _ in range(PER_PERSON_AND_ADDRESS + 3):
        answer = client.post("/password/", {"email": ana.email})
        assert answer.headers["Location"] == "/password/sent/"

    assert len(mail.outbox) == PER_PERSON_AND_ADDRESS

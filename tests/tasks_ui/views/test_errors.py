"""What is shown when a request cannot be answered."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, InternalError, OperationalError
from django.test import Client, override_settings

from tests.tasks_ui.conftest import SignIn

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
FAILING = "workflows.engine.lists.list_tasks"


def test_what_does_not_exist_is_said_in_words(ana: User, sign_in: SignIn) -> None:
    answer = sign_in(ana).get("/nowhere/")

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_who_may_not_is_told_why(ana: User, sign_in: SignIn) -> None:
    with patch(FAILING, side_effect=PermissionDenied("Only on Mondays.")):
        answer = sign_in(ana).get("/inbox/mine/")

    assert answer.status_code == 403
    assert "Only on Mondays." in answer.content.decode()


def test_a_failure_of_ours_is_said_without_asking_the_database(ana: User, sign_in: SignIn) -> None:
    client = sign_in(ana)
    client.raise_request_exception = False

    with patch(FAILING, side_effect=RuntimeError("broken")):
        answer = client.get("/inbox/mine/?find=x")

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong" in page
    assert 'href="/inbox/mine/?find=x"' in page
    assert "broken" not in page


@pytest.mark.parametrize("outage", [OperationalError, InterfaceError, InternalError])
@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_an_outage_of_the_database_is_said_and_when_to_come_again(
    ana: User, sign_in: SignIn, outage: type[Exception], headers: dict[str, str]
) -> None:
    client = sign_in(ana)
    client.raise_request_exception = False

    with patch(FAILING, side_effect=outage("server closed the connection at 10.0.0.1")):
        answer = client.get("/inbox/mine/", headers=headers)

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "The database cannot be reached" in answer.content.decode()
    assert "10.0.0.1" not in answer.content.decode()


@pytest.mark.parametrize("url", ["/nowhere/", "/inbox/mine/"])
def test_an_htmx_request_gets_the_middle_of_the_error_page(
    ana: User, sign_in: SignIn, url: str
) -> None:
    client = sign_in(ana)
    client.raise_request_exception = False

    with patch(FAILING, side_effect=RuntimeError("broken")):
        answer = client.get(url, headers=PARTIAL)

    page = answer.content.decode()
    assert answer.status_code in {404, 500}
    assert "<html" not in page
    assert "<h1" in page
    assert "<title>" in page


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_form_that_is_too_large_is_413(ana: User, sign_in: SignIn) -> None:
    answer = sign_in(ana).post("/settings/", {"time_zone": "x" * 2000})

    assert answer.status_code == 413
    assert "That is too much" in answer.content.decode()


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=10)
def test_a_form_with_too_many_fields_is_413(ana: User, sign_in: SignIn) -> None:
    answer = sign_in(ana).post("/settings/", {f"field{number}": "" for number in range(20)})

    assert answer.status_code == 413


def test_a_wrong_host_is_400_even_before_anybody_is_known(client: Client, db: None) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "did not make sense" in answer.content.decode()


def test_a_broken_upload_is_400(ana: User, sign_in: SignIn) -> None:
    answer = sign_in(ana).post("/settings/", b"x", content_type="multipart/form-data; boundary=")

    assert answer.status_code == 400


def test_pages_are_kept_out_of_search_engines_and_caches(ana: User, sign_in: SignIn) -> None:
    answer = sign_in(ana).get("/settings/")

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "HX-Request-Type" in answer.headers["Vary"]

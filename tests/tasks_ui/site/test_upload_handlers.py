"""A form that brings too much gets an answer that says of what, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from pytest_django import Settings

from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.contracts import CONTRACTS, start
from tests.workflows.files import upload
from workflows.models import Attachment
from workflows.testing import registered


@pytest.fixture(autouse=True)
def contracts() -> Iterator[None]:
    """Have the workflow that takes contracts."""
    with registered(CONTRACTS):
        yield


def test_a_file_that_is_too_large_is_told_at_its_field(
    ana: User, sign_in: SignIn, settings: Settings
) -> None:
    settings.ATTACHMENT_MAX_BYTES = 100_000

    answer = start(sign_in(ana), **{"d/title": "Rent", "u/contract": upload(bytes(900_000))})

    assert answer.status_code == 422
    assert "The file is too large: it may have up to 97.7\xa0KB." in answer.content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("setting", "value", "fields", "said"),
    [
        ("ATTACHMENT_MAX_BYTES", 1_000, lambda: {"u/contract": upload(bytes(20_000))},
         "What was sent is larger than this site accepts."),
        ("DATA_UPLOAD_MAX_NUMBER_FILES", 2,
         lambda: {f"u/{number}": upload() for number in range(3)},
         "More than 2 files were sent at once."),
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", 5,
         lambda: {f"d/{number}": "x" for number in range(9)},
         "The form has more than 5 fields."),
    ],
)  # fmt: skip
def test_too_much_is_answered_by_a_page_that_says_of_what(
    ana: User,
    sign_in: SignIn,
    setting: str,
    value: int,
    fields: Callable[[], dict[str, Any]],
    said: str,
) -> None:
    with override_settings(**{setting: value}):
        answer = start(sign_in(ana), **fields())

    assert answer.status_code == 413
    assert f"{said} Nothing of it was kept." in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_form_may_have_as_many_fields_as_forms_have(ana: User, sign_in: SignIn) -> None:
    fields = {f"d/{number}": "x" for number in range(5_000)}

    assert start(sign_in(ana), **fields).status_code == 422

"""A small share of what `make mixed` sends: 60 forms, the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from tests.mixed.running import servers, submit

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SEED = "12"
FORMS = 60


def test_what_is_recorded_is_what_was_seen_whichever_release_took_it(
    process_environment: dict[str, str], tmp_path: Path, ben: User, admin: User
) -> None:
    with servers(process_environment, tmp_path, SEED) as ports:
        told = submit(ports, ben, admin, SEED, FORMS)

    assert told.wrong == []
    assert told.recorded > 10
    assert told.changed > 5

"""The clock: one for all who share a database, and what a test says it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from workflows.engine.store import clock

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def test_it_is_the_moment_that_was_said_until_the_block_ends() -> None:
    with clock.at(NOON):
        assert clock.now() == clock.said() == NOON
        with clock.at(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON

    assert clock.said() is None
    assert clock.now() > NOON


def test_it_runs_and_is_in_utc() -> None:
    first, second = clock.now(), clock.now()

    assert first.utcoffset() == timedelta(0)
    assert first <= second < first + timedelta(seconds=60)


def test_the_database_is_asked_seldom(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    clock.now()

    with django_assert_num_queries(0):
        for _ in range(10):
            clock.now()


@pytest.mark.only_on("postgresql")
def test_it_is_never_behind_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_sample", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()

    ours = clock.now()

    assert theirs <= ours <= theirs + timedelta(seconds=60)


@pytest.mark.only_on("postgresql")
def test_what_has_passed_is_never_ahead_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = clock.measure()
    slow = replace(sample, asked_at=sample.asked_at - 10)
    monkeypatch.setattr(clock, "_sample", slow)

    ours = clock.passed()

    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    assert theirs - timedelta(seconds=60) <= ours <= theirs
    assert clock.now() > theirs

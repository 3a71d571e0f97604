"""Moments in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils import timezone as django_timezone

from tasks_ui.templatetags.moments import due, happened, in_words, until

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # A Friday.


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=1), "1 min"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=5, minutes=59), "5 h"),
        (timedelta(hours=8), "today"),
        (timedelta(hours=13), "tomorrow"),
        (timedelta(days=2), "Sun"),
        (timedelta(days=6), "Thu"),
        (timedelta(days=7), "27 Nov"),
        (timedelta(days=180), "19 May"),
        (timedelta(days=366), "21 Nov 2027"),
        (-timedelta(minutes=3), "3 min late"),
        (-timedelta(hours=30), "1 day late"),
        (-timedelta(days=3), "3 days late"),
    ],
)
def test_due_dates_are_as_short_as_they_are_near(away: timedelta, words: str) -> None:
    with django_timezone.override(UTC):
        assert in_words(NOON + away, NOON) == words


def test_tomorrow_begins_at_midnight_of_the_person() -> None:
    with django_timezone.override(timezone.get_fixed_timezone(timedelta(hours=9))):
        assert in_words(NOON + timedelta(hours=6), NOON) == "tomorrow"


def test_the_whole_moment_is_in_the_title() -> None:
    html = due(django_timezone.now() - timedelta(hours=2))

    assert 'class="due due--late"' in html
    assert "datetime=" in html
    assert "title=" in html


def test_what_is_long_ago_is_told_with_its_year() -> None:
    assert ">1 Mar 1999<" in happened(datetime(1999, 3, 1, 12, tzinfo=UTC))


def test_what_ends_today_is_told_to_the_second_and_all_else_in_full() -> None:
    with django_timezone.override(UTC):
        soon = django_timezone.now().replace(hour=23, minute=59, second=58)
        assert until(soon) == "23:59:58"
        assert until(datetime(2026, 3, 1, 12, tzinfo=UTC)) == "March 1, 2026, noon"


def test_nothing_is_said_of_no_moment() -> None:
    assert (due(None), happened(None)) == ("", "")

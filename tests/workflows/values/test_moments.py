"""Moments at the ends of the calendar and where clocks are changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.utils import timezone as django_timezone

from workflows.values.moments import (
    FIRST,
    LAST,
    after,
    aware,
    end_of,
    in_words,
    instant,
    is_never,
    local,
)

BERLIN = ZoneInfo("Europe/Berlin")
WESTMOST, EASTMOST = timezone(timedelta(hours=-24, minutes=1)), timezone(timedelta(hours=23.5))
NAIVE = datetime.max, datetime.min  # noqa: DTZ901 – without a zone, as authors write them
ENDS = [*NAIVE, datetime.combine(date.max, datetime.min.time())]


@pytest.mark.parametrize("moment", ENDS)
@pytest.mark.parametrize("zone", [UTC, WESTMOST, EASTMOST, BERLIN, ZoneInfo("Asia/Tokyo")])
def test_the_ends_of_the_calendar_are_kept_within_it(moment: datetime, zone: timezone) -> None:
    found = instant(moment.replace(tzinfo=zone))

    assert FIRST <= found <= LAST
    assert is_never(found)
    for reader in (UTC, WESTMOST, EASTMOST):
        assert found.astimezone(reader) == found


@pytest.mark.parametrize("moment", [*(end.replace(tzinfo=UTC) for end in ENDS), *ENDS])
def test_every_moment_can_be_shown_in_every_zone(moment: datetime) -> None:
    for name in available_timezones():
        with django_timezone.override(name):
            assert str(moment.year) in in_words(moment)


def test_a_moment_that_a_zone_lacks_is_shown_in_another_which_is_said() -> None:
    with django_timezone.override("Asia/Tokyo"):
        assert in_words(datetime.max.replace(tzinfo=UTC)) == "Dec. 31, 9999, 11:59 p.m. (UTC)"
        assert local(datetime(2026, 1, 1, tzinfo=UTC)).hour == 9


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "Oct. 25, 2026, 2 a.m. (CEST)"), (1, "Oct. 25, 2026, 2 a.m. (CET)")],
)
def test_two_hours_that_are_called_alike_are_told_apart(hour: int, words: str) -> None:
    with django_timezone.override(BERLIN):
        assert in_words(datetime(2026, 10, 25, hour, tzinfo=UTC)) == words


@pytest.mark.parametrize(
    "evening",
    [datetime(2026, 3, 29, 0, 30), datetime(2026, 10, 25, 0, 30)],  # noqa: DTZ001
)
def test_three_hours_are_three_hours_where_clocks_are_changed(evening: datetime) -> None:
    there = evening.replace(tzinfo=BERLIN)

    later = after(there, timedelta(hours=3))

    assert (later - there.astimezone(UTC)) == timedelta(hours=3)


def test_what_is_beyond_the_calendar_is_its_end() -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)

    assert after(now, timedelta.max) == LAST
    assert after(now, timedelta.min) == FIRST
    assert after(datetime.max.replace(tzinfo=UTC), timedelta(seconds=1)) == LAST


def test_a_day_ends_with_its_last_second_also_where_that_comes_twice() -> None:
    assert end_of(date(2026, 7, 1), BERLIN) == datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)
    # In Chile the clocks are put back from midnight to eleven in the evening.
    night = end_of(date(2026, 4, 4), ZoneInfo("America/Santiago"))
    assert night == datetime(2026, 4, 5, 3, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("year", [1, 9000, 9999])
def test_the_first_year_and_the_last_thousand_mean_never(year: int) -> None:
    assert is_never(datetime(year, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize("year", [2, 1970, 2026, 8999])
def test_all_other_years_are_meant(year: int) -> None:
    assert not is_never(datetime(year, 6, 1, tzinfo=UTC))


def test_only_at_the_ends_no_zone_is_needed() -> None:
    assert [aware(end) for end in ENDS] == [end.replace(tzinfo=UTC) for end in ENDS]
    assert aware(datetime(2026, 1, 1)) is None  # noqa: DTZ001 – that is the question

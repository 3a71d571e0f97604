"""Moments: kept within the calendar, added to as instants, and shown in a person's zone."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.utils import formats, timezone

FIRST: Final = datetime(1, 1, 2, tzinfo=UTC)
LAST: Final = datetime(9999, 12, 30, tzinfo=UTC)
"""The first and the last moment that the calendar of every zone has."""

FAR_AHEAD: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""From here on a due date is none, and here is where tasks without one sort: after all others."""

_FIRST_YEAR_ENDS: Final = datetime(2, 1, 1, tzinfo=UTC)


def instant(moment: datetime) -> datetime:
    """Give an aware moment in UTC, or the nearest that the calendars of all zones have.

    They lack `datetime.max` and 9999-12-31, with which many systems write "never".
    """
    try:
        return min(max(moment.astimezone(UTC), FIRST), LAST)
    except OverflowError:
        return FIRST if moment.year == 1 else LAST


def after(moment: datetime, length: timedelta) -> datetime:
    """Give the moment so much later, in UTC: three hours are that across any change of clocks.

    What would be beyond the calendar is its end.
    """
    try:
        return instant(instant(moment) + length)
    except OverflowError:
        return LAST if length > timedelta(0) else FIRST


def end_of(day: date, zone: tzinfo) -> datetime:
    """Give the last second of a day in a zone; of two that are called alike, the second."""
    return instant(datetime.combine(day, time(23, 59, 59, fold=1), zone))


def is_never(moment: datetime) -> bool:
    """Whether it is how systems write "never" or "no date": the year 1, or 9000 and later."""
    there = instant(moment)
    return there < _FIRST_YEAR_ENDS or there >= FAR_AHEAD


def aware(moment: datetime) -> datetime | None:
    """Give a moment that has a zone, or is at an end of the calendar and needs none; else None."""
    if not timezone.is_naive(moment):
        return moment
    there = moment.replace(tzinfo=UTC)
    return there if is_never(there) else None


def zone_named(name: str) -> ZoneInfo | None:
    """Give the time zone of this name; None where none is called so."""
    return ZoneInfo(name) if name in zone_names() else None


@functools.cache
def zone_names() -> frozenset[str]:
    """Give the names of all zones; looked up once, as it opens each of their six hundred files."""
    return frozenset(available_timezones())


def local(moment: datetime) -> datetime:
    """Give a moment in the zone of whoever looks; in UTC where that zone's calendar has ended."""
    if timezone.is_naive(moment):
        return moment.replace(tzinfo=timezone.get_current_timezone())
    try:
        return timezone.localtime(moment)
    except OverflowError:
        return _in_utc(moment)


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment


def in_words(moment: datetime, named: str = "DATETIME_FORMAT") -> str:
    """Give a moment as people here write it, in the zone of whoever looks.

    Where the clocks are put back, the zone's name tells the two hours apart; and it is said where
    the zone is another.
    """
    there = local(moment)
    is_twice = there.replace(fold=not there.fold).utcoffset() != there.utcoffset()
    is_elsewhere = there.tzinfo != timezone.get_current_timezone()
    if is_twice or is_elsewhere:
        return with_zone(moment, named)
    return formats.date_format(there, named)


def with_zone(moment: datetime, named: str = "DATETIME_FORMAT") -> str:
    """Give a moment as people here write it, with the name of the zone."""
    there = local(moment)
    return f"{formats.date_format(there, named)} ({there.tzname()})"

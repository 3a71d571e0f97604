"""Days, times, moments and durations as RFC 3339 writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A clock's seconds may be left out, as fields for a time do. There is no second 60: neither Python
# nor any database can keep a leap second.
CLOCK: Final = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
OFFSET: Final = r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
TIME: Final = re.compile(f"{CLOCK}{OFFSET}?")
MOMENT: Final = re.compile(f"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt ]{CLOCK}{OFFSET}")
DURATION: Final = re.compile(
    r"P(?:[0-9]+W|(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
    r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?)"
)


def is_date(text: str) -> bool:
    """Whether the text is a day of the calendar: 2026-02-28."""
    return DATE.fullmatch(text) is not None and _reads(date.fromisoformat, text)


def is_time(text: str) -> bool:
    """Whether the text is a time of day, with or without seconds and offset."""
    return TIME.fullmatch(text) is not None and _reads(time.fromisoformat, _short(text))


def is_moment(text: str) -> bool:
    """Whether the text is a moment: a day, a time and the offset that makes them unambiguous."""
    return MOMENT.fullmatch(text) is not None and _reads(datetime.fromisoformat, _short(text))


def is_duration(text: str) -> bool:
    """Whether the text is a duration, as P3DT12H is; weeks stand alone."""
    return DURATION.fullmatch(text) is not None


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


def _short(text: str) -> str:
    """Give the same moment with at most six digits of a second, as many as Python reads."""
    return re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text.upper())

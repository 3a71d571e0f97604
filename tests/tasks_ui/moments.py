"""Moments to try: drawn near the changes of clocks, and what a page says of them to a person."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from tests.tasks_ui.schema_form.browser import Browser

ZONES: Final = (
    *("Africa/Casablanca", "America/New_York", "America/Santiago", "America/St_Johns"),
    *("Antarctica/Troll", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Lord_Howe"),
    *("Europe/Berlin", "Europe/London", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati"),
    "UTC",
)
SINCE: Final = datetime(2024, 1, 1, tzinfo=UTC)
HOURS: Final = 24 * 365 * 3
FINENESS: Final = (60_000_000, 1_000_000, 1_000, 1)
"""Microseconds: of minutes, seconds and thousandths, which pickers know, and what they do not."""


@dataclass(frozen=True)
class Drawn:
    """One moment, where it is typed, where it is shown, and what is to become of it."""

    moment: datetime
    typed_in: str
    read_in: str
    default: datetime
    is_start: bool
    """Whether it is asked for where a workflow is started, or else by a task."""


def draw(numbers: random.Random) -> Drawn:
    """Draw a moment; mostly one near a change of clocks of one of the zones."""
    typed_in, read_in = numbers.choice(ZONES), numbers.choice(ZONES)
    one, other = (_moment(numbers, (typed_in, read_in)) for _ in range(2))
    return Drawn(one, typed_in, read_in, other, numbers.random() < 0.5)


def _moment(numbers: random.Random, zones: tuple[str, ...]) -> datetime:
    changes = [change for zone in zones for change in changes_of(zone)]
    if changes and numbers.random() < 0.8:
        moment = numbers.choice(changes) + timedelta(seconds=numbers.randrange(-10_800, 10_800))
    else:
        moment = datetime(1970, 1, 2, tzinfo=UTC) + timedelta(days=numbers.uniform(0, 365 * 100))
    fineness = timedelta(microseconds=numbers.choice(FINENESS))
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch + (moment - epoch) // fineness * fineness


@cache
def changes_of(zone: str) -> list[datetime]:
    """Give the hours in which the clocks of a zone are changed, over some years."""
    there = ZoneInfo(zone)
    hours = [SINCE + timedelta(hours=number) for number in range(HOURS)]
    offsets = [hour.astimezone(there).utcoffset() for hour in hours]
    return [hours[at] for at in range(1, HOURS) if offsets[at] != offsets[at - 1]]


def typed(moment: datetime, zone: str) -> list[str]:
    """Give what a person in a zone types for a moment, and chooses where there are two hours."""
    there = moment.astimezone(ZoneInfo(zone))
    text = there.replace(tzinfo=None).isoformat()
    is_twice = there.replace(fold=not there.fold).utcoffset() != there.utcoffset()
    return [text, ("first", "second")[there.fold]] if is_twice else [text]


def shown(page: Browser, name: str) -> datetime:
    """Give the moment that a page shows in a field, as its words say: zone, and which hour."""
    text, *chosen = page.post[name]
    [zone] = page.post["z"]
    assert zone.replace("_", " ") in page.root.text, "The page says in which zone it is."
    there = datetime.fromisoformat(text)
    if there.tzinfo is None:
        there = there.replace(tzinfo=ZoneInfo(zone), fold=int(chosen == ["second"]))
    return there.astimezone(UTC)

"""What a list can be narrowed to, from the address into what the engine looks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils import timezone

from tasks_ui.lists.list_state import Place
from workflows.engine import lists

AGES: Final = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
WITHOUT: Final[Mapping[str, Mapping[str, Any]]] = {
    "find": {"words": ""},
    "of": {"workflow": "", "step": ""},
    "due": {"due": "", "until": None},
    "priority": {"priority": 0},
    "by": {"requester": 0},
    "age": {"older": None},
}
"""What is no longer wanted when something in the address narrows the list no more."""

NOBODY: Final = -1
MOST_URGENT: Final = 100


def wanted(place: Place) -> lists.Wanted:
    """Give what the address asks for; whatever it says that makes no sense narrows nothing."""
    given = place.narrowed
    workflow, _, step = given.get("of", "").partition(":")
    due = given.get("due", "")
    return lists.Wanted(
        view=place.view,
        sort=place.sort,
        words=place.find,
        workflow=workflow,
        step=step,
        due=due if due in lists.DUES else "",
        until=_until(due),
        priority=_number(given.get("priority", "")),
        requester=_person(given.get("by", "")),
        older=AGES.get(given.get("age", "")),
    )


def best_without(user: User, place: Place) -> tuple[str, int]:
    """Give what to leave out for an empty list to show most, and how many tasks that is.

    Nothing and 0 where that is not known: only the first rows are looked at, for one statement.
    """
    names = [*place.narrowed]
    if len(names) < 2:
        return "", 0
    now = wanted(place)
    counted = lists.count_each(user, [replace(now, **WITHOUT[name]) for name in names])
    number = max(counted)
    return (names[counted.index(number)], number) if number else ("", 0)


def _until(due: str) -> datetime | None:
    """Give the end of the reader's own day, or of the seventh from today."""
    days = {"today": 1, "week": 7}.get(due)
    if days is None:
        return None
    midnight = datetime.combine(timezone.localdate() + timedelta(days=days), time())
    return timezone.make_aware(midnight)


def _number(text: str) -> int:
    return min(int(text), MOST_URGENT) if text.isdecimal() and len(text) < 4 else 0


def _person(username: str) -> int:
    if not username:
        return 0
    found = User.objects.filter(username__iexact=username).values_list("pk", flat=True).first()
    return found or NOBODY

"""Whether a list or a count has changed since it was shown, asked by a page that nobody touches.

The question carries what it needs, signed: who asks, their groups, and the session it belongs to.
It is answered by one statement, and tells nothing but how many rows there are, new or gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tasks_ui.lists.filters import wanted
from tasks_ui.lists.list_state import Place
from tasks_ui.lists.page import DIGITS, SIZE, TaskList
from tasks_ui.polling.signed import read, sign
from workflows.engine import lists

LIST: Final = "list"
MOST: Final = 2 * SIZE
OWN: Final = "mine"
"""The list whose readers are known by themselves and their groups, which is all that counts ask."""


@dataclass(frozen=True, kw_only=True)
class News:
    """What has changed: how many rows are new, and the digits of those that are gone."""

    new: int
    gone: Sequence[str]
    url: str

    @property
    def has_more(self) -> bool:
        """Whether not all of the new ones were counted."""
        return self.new >= MOST


def question(request: HttpRequest, shown: TaskList) -> str:
    """Give the address at which the page asks whether this list has changed."""
    rows = shown.rows
    return shown.place.url(
        "news",
        shown.place.view,
        first=rows[0].cursor if rows and shown.before_url else "",
        last=rows[-1].cursor if rows and shown.after_url else "",
        ids=".".join(row.digits for row in rows),
        signed=_signed(request, shown.place.view),
    )


def counts_question(request: HttpRequest, counts: Mapping[str, int]) -> str:
    """Give the address at which the page asks whether its numbers are still right."""
    return _counts_url(_signed(request, OWN), counts)


def counts_answer(request: HttpRequest) -> tuple[Mapping[str, int], str, str] | None:
    """Give the numbers, where to ask from now on, and the language; None for whoever may not ask.

    The address is the one that was asked where nothing has changed.
    """
    said = read(request, LIST)
    if said is None:
        return None
    counts = lists.count_known(said["who"])
    return counts, _counts_url(request.GET["signed"], counts), said["language"]


def answer(request: HttpRequest, view: str) -> tuple[News, str] | None:
    """Give the news and the language to tell them in; None for whoever may not ask.

    Raises nothing: a question that was changed, is too old or of another session is refused.
    """
    said = read(request, LIST)
    if said is None:
        return None
    place = Place.of(request, view)
    with timezone.override(said["zone"]):
        found = lists.ids_between(
            lists.known_reader(place.view, said["who"]),
            wanted(place),
            lists.ListKey.read(request.GET.get("first", "")),
            lists.ListKey.read(request.GET.get("last", "")),
            size=SIZE + MOST,
        )
    now = {_tail(task_id) for task_id in found}
    shown = [*filter(None, request.GET.get("ids", "")[:1000].split("."))]
    gone = [digits for digits in shown if digits not in now]
    return News(new=len(now.difference(shown)), gone=gone, url=place.list_url), said["language"]


def _tail(task_id: Any) -> str:
    return str(task_id.hex[-DIGITS:])


def _counts_url(signed: str, counts: Mapping[str, int]) -> str:
    shown = ".".join(str(number) for number in counts.values())
    return f"{reverse('count_news')}?{urlencode({'shown': shown, 'signed': signed})}"


def _signed(request: HttpRequest, view: str) -> str:
    reader = lists.reader(request.user, view)
    who = {kind.value: [*names] for kind, names in reader.principals.items()}
    return sign(request, LIST, {"who": who})

"""Where somebody is in which list: the query string that all links and forms of a page carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

VIEWS: Final = ("mine", "team", "waiting", "snoozed", "done", "all", "closed")
NARROWING: Final = ("find", "of", "due", "priority", "by", "age")
"""What narrows a list: words, a workflow or its step, when it is due, how urgent at least, who has
asked for it, and how old it is at least."""

LONGEST: Final = 100


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page of a list; `view` is one of VIEWS, the rest may be empty."""

    view: str = "mine"
    sort: str = ""
    narrowed: Mapping[str, str] = field(default_factory=dict)
    after: str = ""
    before: str = ""

    @classmethod
    def of(cls, request: HttpRequest, view: str = "") -> Place:
        """Read the place from the address; an unknown list counts as one's own."""
        wanted = view or request.GET.get("view", "")
        given = {name: _text(request, name) for name in NARROWING}
        return cls(
            view=wanted if wanted in VIEWS else "mine",
            sort=_text(request, "sort"),
            narrowed={name: text for name, text in given.items() if text},
            after=_text(request, "after"),
            before=_text(request, "before"),
        )

    @property
    def find(self) -> str:
        """Give the words that are looked for."""
        return self.narrowed.get("find", "")

    @property
    def list_url(self) -> str:
        """Give the address of the list without a task beside it."""
        return self.at_list(after=self.after, before=self.before)

    @property
    def first_page(self) -> str:
        """Give the address of the list's beginning: what can be kept, and given to others."""
        return self.at_list()

    @property
    def whole_list(self) -> str:
        """Give the address of the list when nothing narrows it."""
        return _address(reverse("inbox", args=[self.view]), sort=self.sort)

    def at_list(self, *, after: str = "", before: str = "") -> str:
        """Give the address of another page of the same list."""
        path = reverse("inbox", args=[self.view])
        return _address(path, sort=self.sort, **self.narrowed, after=after, before=before)

    def sorted_by(self, sort: str) -> str:
        """Give the address of the same list in another order."""
        return _address(reverse("inbox", args=[self.view]), sort=sort, **self.narrowed)

    def without(self, name: str) -> str:
        """Give the address of the list with one thing less that narrows it."""
        rest = {key: text for key, text in self.narrowed.items() if key != name}
        return _address(reverse("inbox", args=[self.view]), sort=self.sort, **rest)

    def url(self, name: str, *args: Any, **more: str) -> str:
        """Give the address of a page or action that leads back to this place."""
        here = {"view": self.view, "sort": self.sort, **self.narrowed}
        place = {"after": self.after, "before": self.before}
        return _address(reverse(name, args=args), **(here | place | more))


def _text(request: HttpRequest, name: str) -> str:
    # NUL can be in no text of the database, and PostgreSQL refuses to look for it.
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]


def _address(path: str, **query: str) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path

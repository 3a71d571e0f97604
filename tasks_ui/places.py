"""Where somebody is in which list: the query string that all links and forms of a page carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

VIEWS = ("mine", "team", "done")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page of a list; `view` is one of VIEWS, the rest may be empty."""

    view: str = "mine"
    after: str = ""
    before: str = ""
    find: str = ""

    @classmethod
    def of(cls, request: HttpRequest, view: str = "") -> Place:
        """Read the place from the address; an unknown list counts as one's own."""
        wanted = view or request.GET.get("view", "")
        return cls(
            view=wanted if wanted in VIEWS else "mine",
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
            # NUL can be in no text of the database, and PostgreSQL refuses to look for it.
            find=request.GET.get("find", "").replace("\x00", "").strip()[:100],
        )

    @property
    def list_url(self) -> str:
        """Give the address of the list without a task beside it."""
        return self.at_list(after=self.after, before=self.before)

    def at_list(self, *, after: str = "", before: str = "") -> str:
        """Give the address of another page of the same list."""
        return _address(
            reverse("inbox", args=[self.view]), after=after, before=before, find=self.find
        )

    def url(self, name: str, *args: Any, **more: str) -> str:
        """Give the address of a page or action that leads back to this place."""
        kept = {"view": self.view, "after": self.after, "before": self.before, "find": self.find}
        return _address(reverse(name, args=args), **(kept | more))


def _address(path: str, **query: str) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path

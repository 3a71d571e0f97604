"""The boxes beside the rows of a list, and what can be done with the rows that are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from tasks_ui.bulk.actions import ACTS
from tasks_ui.bulk.selection import VIEWS, Pick
from tasks_ui.lists.list_state import Place
from tasks_ui.lists.page import Row, TaskList
from tasks_ui.models import UserSettings
from tasks_ui.submissions.form_token import submission_id

register = template.Library()

KEYS: Final = {
    "decide": "approve",
    "claim": "claim",
    "hand_over": "hand_over",
    "snooze": "snooze",
}
"""The act on one task whose key each of these has."""


@dataclass(frozen=True, kw_only=True)
class Button:
    """Something that can be done with what is ticked."""

    name: str
    label: Promise | str
    key: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What stands below a list that one can choose from.

    Attributes:
        ticked: what the page comes with already chosen, as boxes send it.
        is_all: whether that is everything in sight.
    """

    place: Place
    buttons: Sequence[Button]
    submission: str
    ticked: frozenset[str]
    is_all: bool

    @property
    def url(self) -> str:
        """Give where what is ticked is sent."""
        return self.place.url("bulk")

    @property
    def all_url(self) -> str:
        """Give the address of the list with everything ticked, for pages without scripts."""
        address = self.place.list_url
        return f"{address}{'&' if '?' in address else '?'}pick=all"


@register.simple_tag(takes_context=True)
def bulk_bar(context: dict[str, Any], shown: TaskList) -> Bar | None:
    """Give what can be done with rows of this list; none where there is nothing."""
    request = context["request"]
    if shown.place.view not in VIEWS or not shown.rows:
        return None
    keys = UserSettings.of(request.user).keys
    return Bar(
        place=shown.place,
        buttons=[
            Button(name=name, label=ACTS[name].button, key=keys[KEYS[name]])
            for name in VIEWS[shown.place.view]
        ],
        submission=submission_id(""),
        ticked=frozenset(request.POST.getlist("pick")),
        is_all=request.GET.get("pick") == "all",
    )


@register.simple_tag
def pick_box(row: Row, bar: Bar | None) -> SafeString:
    """Give the box that chooses a row: written here, as a list has many."""
    if bar is None:
        return SafeString("")
    value = str(Pick.of(row.task))
    ticked = " checked" if bar.is_all or value in bar.ticked else ""
    label = escape(f"{row.task.title}, {row.summary[:80]}" if row.summary else row.task.title)
    return SafeString(
        f'<label class="pick"><input type="checkbox" form="bulk" name="pick" value="{value}"'
        f' aria-label="{label}"{ticked}></label>'
    )

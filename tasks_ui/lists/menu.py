"""The words above a list: its name, the others, its orders, and what it can be narrowed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks_ui.lists.list_state import Place
from tasks_ui.shortcuts import LETTERS
from workflows.engine import lists

TITLES: Final = {
    "mine": gettext_lazy("Inbox"),
    "team": gettext_lazy("Unclaimed"),
    "waiting": gettext_lazy("Waiting for answers"),
    "snoozed": gettext_lazy("Put off"),
    "done": gettext_lazy("Done"),
    "all": gettext_lazy("Everything open"),
    "closed": gettext_lazy("Everything closed"),
}
TABS: Final = {
    "mine": gettext_lazy("Mine"),
    "team": gettext_lazy("Unclaimed"),
    "done": gettext_lazy("Done"),
}
MORE: Final = ("waiting", "snoozed", "all", "closed")
ORDERS: Final = {
    "due": gettext_lazy("due soonest"),
    "newest": gettext_lazy("newest first"),
    "priority": gettext_lazy("most urgent"),
    "decided": gettext_lazy("decided last"),
}
DUES: Final = {
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Due by tonight"),
    "week": gettext_lazy("Due within a week"),
    "none": gettext_lazy("Without a due date"),
}
PRIORITIES: Final = {"1": gettext_lazy("High or urgent"), "2": gettext_lazy("Urgent")}
AGES: Final = {
    "day": gettext_lazy("Older than a day"),
    "week": gettext_lazy("Older than a week"),
    "month": gettext_lazy("Older than a month"),
}


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way to another list; `count` is how many there are, where that is known."""

    label: str
    url: str
    is_here: bool = False
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Choice:
    """An option of a menu; one with `options` is a heading above them."""

    value: str
    label: str
    is_chosen: bool = False
    options: Sequence[Choice] = ()


@dataclass(frozen=True, kw_only=True)
class ListMenu:
    """Everything above the rows of a list."""

    place: Place

    @property
    def title(self) -> str:
        """Give the list's name."""
        return str(TITLES[self.place.view])

    @property
    def tabs(self) -> list[Link]:
        """Give the lists that are always in sight."""
        return [self._to(view, str(label)) for view, label in TABS.items()]

    @property
    def more(self) -> list[Link]:
        """Give the other lists."""
        return [self._to(view, str(TITLES[view])) for view in MORE]

    @property
    def is_more(self) -> bool:
        """Whether the list is one of the others."""
        return self.place.view in MORE

    @property
    def orders(self) -> list[Choice]:
        """Give the orders in which the list can come, its usual one first."""
        known = lists.VIEWS[self.place.view].orders
        current = self.place.sort if self.place.sort in known else known[0]
        names = {**ORDERS, "due": _("back soonest")} if self.place.view == "snoozed" else ORDERS
        return [
            Choice(
                value="" if name == known[0] else name,
                label=str(names[name]),
                is_chosen=name == current,
            )
            for name in known
        ]

    @property
    def order(self) -> str:
        """Say in which order the list is."""
        return next(choice.label for choice in self.orders if choice.is_chosen)

    @property
    def workflows(self) -> list[Choice]:
        """Give the workflows, each above its steps."""
        return [
            Choice(
                value=one.name,
                label=one.label,
                is_chosen=self._is("of", one.name),
                options=[
                    Choice(
                        value=f"{one.name}:{path}",
                        label=label,
                        is_chosen=self._is("of", f"{one.name}:{path}"),
                    )
                    for path, label in one.steps
                ],
            )
            for one in lists.workflow_choices()
        ]

    @property
    def dues(self) -> list[Choice]:
        """Give when a task can be due; nothing where the list does not sort by it."""
        return self._choices("due", DUES) if lists.VIEWS[self.place.view].has_dues else []

    @property
    def priorities(self) -> list[Choice]:
        """Give how urgent a task can be at least."""
        return self._choices("priority", PRIORITIES)

    @property
    def ages(self) -> list[Choice]:
        """Give how old a task can be at least."""
        return self._choices("age", AGES)

    @property
    def chips(self) -> list[Link]:
        """Give everything that narrows the list, each with the way to the list without it."""
        return [
            Link(label=self._words(name, text), url=self.place.without(name))
            for name, text in self.place.narrowed.items()
        ]

    @property
    def next_url(self) -> str:
        """Give the way to the task of the list that should be done first."""
        return self.place.url("next")

    @property
    def save_url(self) -> str:
        """Give the address where the list gets a name."""
        return self.place.url("save_view")

    def _to(self, view: str, label: str) -> Link:
        return Link(label=label, url=Place(view=view).list_url, is_here=view == self.place.view)

    def _is(self, name: str, value: str) -> bool:
        return self.place.narrowed.get(name) == value

    def _choices(self, name: str, labels: Mapping[str, object]) -> list[Choice]:
        return [
            Choice(value=value, label=str(label), is_chosen=self._is(name, value))
            for value, label in labels.items()
        ]

    def _words(self, name: str, text: str) -> str:
        if name == "find":
            return _("“%(words)s”") % {"words": text}
        if name == "by":
            return _("Requested by %(name)s") % {"name": text}
        if name == "of":
            flat = {one.value: one.label for top in self.workflows for one in (top, *top.options)}
            return flat.get(text, text)
        known = {"due": DUES, "priority": PRIORITIES, "age": AGES}[name]
        return str(known.get(text, text))


def named_lists() -> list[tuple[str, str, str]]:
    """Give every list, its name, and the letter that leads to it."""
    return [(view, str(TITLES[view]), letter) for view, letter in LETTERS.items()]

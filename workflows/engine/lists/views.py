"""What lists there are, in which orders they come, and what they can be narrowed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final
from uuid import UUID

from workflows.models.tasks import Relation, TaskAccess

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class ListKey:
    """A place between two rows: right beside the row that sorts like this."""

    urgency: int
    sort_at: datetime
    task_id: UUID

    def __str__(self) -> str:
        return f"{self.urgency}.{(self.sort_at - EPOCH) // MICROSECOND}.{self.task_id.hex}"

    @classmethod
    def of(cls, row: TaskAccess) -> ListKey:
        """Give the place of a row."""
        return cls(row.urgency, row.sort_at, row.task_id)

    @classmethod
    def read(cls, text: str) -> ListKey | None:
        """Give the place that an address names; none for anything else."""
        try:
            urgency, moment, key = text.split(".")
            found = cls(int(urgency), EPOCH + int(moment) * MICROSECOND, UUID(key))
        except (ValueError, OverflowError):
            return None
        return found if abs(found.urgency) < 2**15 else None


@dataclass(frozen=True)
class Order:
    """By which columns of access rows a list is sorted, all of them the same way round."""

    columns: tuple[str, ...]
    descending: bool = False


ORDERS: Final[Mapping[str, Order]] = {
    "due": Order(("sort_at", "task_id")),
    "newest": Order(("task_id",), descending=True),
    "priority": Order(("urgency", "sort_at", "task_id")),
    "decided": Order(("sort_at", "task_id"), descending=True),
}
"""Tasks are numbered by the time of their making, so that the newest have the highest ids."""


class Who(Enum):
    """Whose rows a list reads: of the person, of their groups, of workflows they may view."""

    PERSON = "u"
    GROUPS = "g"
    WORKFLOWS = "w"


@dataclass(frozen=True)
class Kind:
    """Rows that are read together, because one range of an index holds them in their order."""

    who: Who
    relation: Relation
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class View:
    """One named list.

    Attributes:
        orders: keys of ORDERS; the first is how the list comes unless somebody asks otherwise.
        hides_snoozed: leave out what the person has put off.
        hides_excluded: leave out what the person must not decide.
        wakes: rows sort by when they come back, and end there.
        closed: None where `ASKED` rows cannot be both open and closed tasks.
    """

    kinds: tuple[Kind, ...]
    orders: tuple[str, ...] = ("due", "newest", "priority")
    hides_snoozed: bool = False
    hides_excluded: bool = False
    wakes: bool = False
    closed: bool | None = None

    @property
    def has_dues(self) -> bool:
        """Whether rows sort by when their tasks are due."""
        return "due" in self.orders and not self.wakes


_OFFERED = (Kind(Who.PERSON, Relation.CANDIDATE), Kind(Who.GROUPS, Relation.CANDIDATE))
_TAKEN = (
    Kind(Who.PERSON, Relation.CANDIDATE, open=False),
    Kind(Who.GROUPS, Relation.CANDIDATE, open=False),
)
_OWN = (Kind(Who.PERSON, Relation.ASSIGNEE), Kind(Who.PERSON, Relation.ASKED))
_MENTIONED = Kind(Who.PERSON, Relation.MENTIONED)
_SEEN = (Relation.REQUESTER, Relation.FORMER)

VIEWS: Final[Mapping[str, View]] = {
    "mine": View(kinds=(*_OWN, _MENTIONED), hides_snoozed=True),
    "team": View(kinds=_OFFERED, hides_snoozed=True, hides_excluded=True),
    "waiting": View(kinds=(Kind(Who.PERSON, Relation.ASKER),)),
    "snoozed": View(kinds=(Kind(Who.PERSON, Relation.SNOOZED),), wakes=True),
    "done": View(
        kinds=(Kind(Who.PERSON, Relation.DECIDER, open=False),), orders=("decided", "newest")
    ),
    "all": View(
        kinds=(
            *_OWN,
            *_OFFERED,
            *_TAKEN,
            Kind(Who.PERSON, Relation.ASSIGNEE, open=False),
            Kind(Who.PERSON, Relation.ASKED, open=False),
            *(Kind(Who.PERSON, relation) for relation in _SEEN),
            Kind(Who.WORKFLOWS, Relation.WORKFLOW),
        ),
        orders=("newest", "due", "priority"),
        closed=False,
    ),
    "closed": View(
        kinds=(
            Kind(Who.PERSON, Relation.DECIDER, open=False),
            Kind(Who.PERSON, Relation.ASKED, open=False),
            *(Kind(Who.PERSON, relation, open=False) for relation in _SEEN),
            Kind(Who.WORKFLOWS, Relation.WORKFLOW, open=False),
        ),
        orders=("decided", "newest"),
        closed=True,
    ),
}
"""What the person should do or look at, what their groups should do, what the person waits for, put
off, and decided; and everything that they may see, open and closed."""

DUES: Final = ("overdue", "today", "week", "none")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A list, its order, and what it is narrowed to; whatever is empty narrows nothing.

    Attributes:
        due: one of DUES; `today` and `week` count from now and take in what is overdue.
        until: the end of `today` or of `week` in the zone of whoever asks.
        priority: at least this.
        requester: the id of who started the request.
        older: at least so old.
    """

    view: str = "mine"
    sort: str = ""
    words: str = ""
    workflow: str = ""
    step: str = ""
    due: str = ""
    until: datetime | None = None
    priority: int = 0
    requester: int = 0
    older: timedelta | None = None

    @property
    def of(self) -> View:
        """Give the list; raises KeyError where there is none of that name."""
        return VIEWS[self.view]

    @property
    def order(self) -> Order:
        """Give the order that was asked for, or the list's first."""
        orders = self.of.orders
        return ORDERS[self.sort if self.sort in orders else orders[0]]

    @property
    def is_narrowed(self) -> bool:
        """Whether rows have to be looked at one by one to know if they belong to it."""
        others = (self.words, self.workflow, self.step, self.due, self.priority, self.requester)
        return any(others) or self.older is not None

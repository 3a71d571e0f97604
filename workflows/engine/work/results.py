"""What running a step's code can come to: values that `finish` records and `advance` follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from workflows.engine.work.work import Work


@dataclass(frozen=True, kw_only=True)
class Ended:
    """The step is over: `status` succeeded, handled or skipped; `targets` are edge numbers."""

    status: str
    result: Any = None
    writes: Mapping[str, Any] = field(default_factory=dict)
    targets: tuple[int, ...] = ()
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Failed:
    """The step's code failed for good; in the leave phase its result and writes are kept."""

    error: str
    phase: str
    result: Any = None
    writes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TryAgain:
    """The attempt failed and another one follows after `delay`."""

    error: str
    delay: timedelta
    phase: str


Person = int | str
"""A user's or group's id, or a name to look up."""


@dataclass(frozen=True, kw_only=True)
class AskPerson:
    """A person is needed: everything that the task says and whom it asks."""

    title: str
    description: str
    summary: str
    row_data: Mapping[str, Any]
    assignee: Person | None
    candidate_users: tuple[Person, ...]
    candidate_groups: tuple[Person, ...]
    excluded_users: tuple[Person, ...]
    due: datetime | date | timedelta | None
    remind: datetime | date | timedelta | None


@dataclass(frozen=True)
class SleepUntil:
    """Go on at this moment, or after this long."""

    until: datetime | timedelta


@dataclass(frozen=True)
class Listen:
    """Wait for another system's call; `token` is the author's own, or empty."""

    token: str


@dataclass(frozen=True)
class OpenGroup:
    """Start these children, all at once or the first of them.

    With `items`, start the one child once per item; otherwise there is at least one child.
    """

    children: tuple[str, ...]
    items: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class StartChild:
    """Start another workflow and wait for it; `beginning` is None where it was started before."""

    beginning: Any


@dataclass(frozen=True)
class Fire:
    """A reminder or deadline that hangs on a task has come due, or a link was looked after."""


@dataclass(frozen=True)
class Hold:
    """The instance is suspended: come back when it is resumed."""


Outcome = (
    Ended
    | Failed
    | TryAgain
    | AskPerson
    | SleepUntil
    | Listen
    | OpenGroup
    | StartChild
    | Fire
    | Hold
)


class Report(NamedTuple):
    """The outcome of one claimed execution, valid while `fence` is still the row's.

    `known` is its work, if nothing else of the instance was active when that began.
    """

    execution_id: int
    instance_id: Any
    fence: int
    outcome: Outcome
    known: Work | None = None

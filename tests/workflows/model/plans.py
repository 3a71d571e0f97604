"""What is played: workflows as plain data, with what each visit to a step is to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import StrEnum
from typing import Any, Final

KEYS: Final = ("a", "b", "c")
"""The names that forms and payloads declare."""


ITEM: Final = -1
"""As a result: what `context.item` is."""


class Brief:
    """Shows only what is not as usual, and so that it can be pasted into a test."""

    def __repr__(self) -> str:
        """Give the call that makes it again."""
        said = [one for one in fields(self) if getattr(self, one.name) != _usual(one)]  # type: ignore[arg-type]
        shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in said)
        return f"{type(self).__name__}({shown})"


def _usual(one: Field[Any]) -> Any:
    made = one.default_factory
    return one.default if made is MISSING else made()


class Kind(StrEnum):
    """The kinds of step that a plan can have."""

    MACHINE = "machine"
    HUMAN = "human"
    TIMER = "timer"
    WEBHOOK = "webhook"
    GATEWAY = "gateway"
    SEQUENCE = "sequence"
    PARALLEL = "parallel"
    RACE = "race"
    CHOICE = "choice"
    EACH = "each"

    def __repr__(self) -> str:
        """Give its name as it stands in code."""
        return f"Kind.{self.name}"


@dataclass(frozen=True, repr=False)
class Act(Brief):
    """What one visit to a step does.

    Attributes:
        skips: `can_execute` says no.
        fails: how many of its runs raise before one goes well, over all attempts and retries.
        handled: `on_failure` returns after the last attempt.
        result: what a machine step returns; None returns the previous result, and ITEM the item.
        writes: what is set, submitted, or sent by the caller.
        to: targets that a gateway names, or the branch of a conditional group.
        waits: whether a timer has a delay.
        items: how many items a group has that runs its child once per item.
    """

    skips: bool = False
    fails: int = 0
    handled: bool = False
    result: int | None = 0
    writes: Mapping[str, int] = field(default_factory=dict)
    to: tuple[str, ...] = ()
    waits: bool = True
    items: int = 0


@dataclass(frozen=True, repr=False)
class Plan(Brief):
    """A step: its kind, its limits, and what its visits do, in turn.

    Attributes:
        children: of a group; they are called `c0`, `c1` and so on.
        waits_for_all: a parallel group's `on_child_failure` is "wait".
        callback: a parallel group's.
        has_default: a conditional group's last child is its default.
    """

    kind: Kind = Kind.MACHINE
    acts: tuple[Act, ...] = (Act(),)
    attempts: int = 1
    max_visits: int = 1_000
    children: tuple[Plan, ...] = ()
    waits_for_all: bool = False
    callback: Plan | None = None
    has_default: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What the children are called, in order."""
        named = [f"c{number}" for number in range(len(self.children))]
        return (*named[:-1], "default") if self.has_default else tuple(named)

    def act(self, turn: int) -> Act:
        """Give what the visit with that number, from 0, does."""
        return self.acts[turn % len(self.acts)]


@dataclass(frozen=True, repr=False)
class Test(Brief):
    """A condition: a name's value is at least `value`, or, without a name, the result is it."""

    name: str = ""
    value: int = 0
    negated: bool = False
    raises: bool = False
    how: str = "text"

    def holds(self, data: Mapping[str, Any], result: Any) -> bool:
        """Tell whether it holds; raises ValueError where it is made to raise."""
        if self.raises:
            raise ValueError("This condition raises.")
        found = data.get(self.name, 0) >= self.value if self.name else result == self.value
        return bool(found) != self.negated


@dataclass(frozen=True, repr=False)
class Way(Brief):
    """An edge."""

    source: str
    target: str
    test: Test | None = None


@dataclass(frozen=True, repr=False)
class Blueprint(Brief):
    """A workflow: its steps in declared order, the first of which is the initial one."""

    steps: Mapping[str, Plan]
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, repr=False)
class Case(Brief):
    """One workflow, and for each round which of the possible things happens in it."""

    blueprint: Blueprint
    picks: bytes = b""

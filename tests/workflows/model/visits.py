"""One visit to a step, as the model keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.workflows.model.plans import ITEM, Act, Kind, Plan

READY, RUNNING, SCHEDULED, WAITING = "ready", "running", "scheduled", "waiting"
JOINING, HELD = "joining", "held"
SUCCEEDED, HANDLED, SKIPPED = "succeeded", "handled", "skipped"
FAILED, CANCELED = "failed", "canceled"
OVER: Final = (SUCCEEDED, HANDLED, SKIPPED, CANCELED)
ENTER, LEAVE = "enter", "leave"


@dataclass(eq=False)
class Visit:
    """One visit: where, which one of how many, and how far it has come.

    Attributes:
        group: the visit to the group that it is part of.
        came: numbers of the edges that branches came along, where several are merged.
        previous: the visit whose result is this one's `previous_result`.
        runs: how often its code was run in this phase.
        attempts: how often it has raised since it was last begun anew.
        seen: the data as they were when a worker took it.
        put_off: it was taken while the instance was suspended.
        position: its item's place, from 0, where its group has items.
    """

    path: str
    plan: Plan
    number: int
    status: str
    group: Visit | None = None
    previous: Visit | None = None
    came: set[int] = field(default_factory=set)
    phase: str = ENTER
    result: Any = None
    runs: int = 0
    attempts: int = 0
    seen: Mapping[str, Any] = field(default_factory=dict)
    put_off: bool = False
    position: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still on the board; a failed one is."""
        return self.status not in OVER

    @property
    def name(self) -> str:
        """Its path, with the numbers of this visit and of those around it."""
        own = f"{self.path}#{self.number}"
        return f"{self.group.name} > {own}" if self.group else own

    @property
    def act(self) -> Act:
        """What it does."""
        return self.plan.act(self._turn)

    @property
    def callback_act(self) -> Act | None:
        """What the callback of this group does."""
        return self.plan.callback.act(self._turn) if self.plan.callback else None

    @property
    def previous_result(self) -> Any:
        """What the step before has come to."""
        return self.previous.result if self.previous else None

    @property
    def item(self) -> str | None:
        """Give the item that it is for, or that the group around it is for."""
        if self.position is not None:
            return f"item {self.position}"
        return self.group.item if self.group else None

    def answer(self, act: Act, previous: Any) -> Any:
        """Give what a machine step returns here that does this, after that result."""
        if act.result == ITEM:
            return self.item
        return previous if act.result is None else act.result

    @property
    def is_apart(self) -> bool:
        """Whether a submission here stays a result: somewhere inside a parallel or race group."""
        group = self.group
        while group is not None:
            if group.plan.kind in (Kind.PARALLEL, Kind.RACE, Kind.EACH):
                return True
            group = group.group
        return False

    def go_to(self, phase: str) -> None:
        """Begin another phase, with all its attempts before it."""
        self.phase, self.runs, self.attempts = phase, 0, 0

    @property
    def _turn(self) -> int:
        return self.number - 1 + (self.group._turn if self.group else 0)

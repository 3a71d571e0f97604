"""Journeys: a few acts from the start of a workflow to its end, each of which can be cut short."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Q

from workflows import WorkflowDefinition, engine, register
from workflows.engine.maintenance.drain import LEASE
from workflows.engine.store import clock
from workflows.exceptions import NotAllowed, UnknownToken, WrongState
from workflows.models import WorkflowInstance
from workflows.testing import drain as run_what_is_due

LEASE_IS_OVER: Final = LEASE + timedelta(minutes=1)

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Act:
    """One thing that a process does: a person's or a system's verb, or a worker's turn."""

    name: str
    do: Callable[[Stage], object]
    later: timedelta = timedelta(0)
    """How long after the act before it."""

    apart: bool = False
    """Whether it starts threads, so that it always needs a process of its own."""


@dataclass(frozen=True)
class Journey:
    """What happens to a few instances of one workflow, one of them unless said otherwise."""

    name: str
    definition: WorkflowDefinition
    acts: tuple[Act, ...]
    instances: int = 1

    others: tuple[WorkflowDefinition, ...] = ()
    """What must be known too: a newer version, or what a step starts."""

    fresh: bool = False
    """Whether each performance has a version of its own, which the database does not know yet."""


@dataclass
class Stage:
    """One performance of a journey; all that an act knows of those before it is in the database."""

    journey: Journey
    folder: Path
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))
    number: int = field(default_factory=lambda: next(_numbers))
    definition: WorkflowDefinition = field(init=False)

    def __post_init__(self) -> None:
        self.definition = self.journey.definition
        if self.journey.fresh:
            self.definition = replace(self.definition, version=f"2.{self.number}")
            register(self.definition)

    @property
    def ledger(self) -> Path:
        """The file in which steps note what they do to the world outside."""
        return self.folder / f"{self.journey.name}-{self.number}"

    @property
    def keys(self) -> list[str]:
        """The keys that the instances are started with."""
        return [f"{self.journey.name}-{self.number}-{n}" for n in range(self.journey.instances)]

    @property
    def all_instances(self) -> list[WorkflowInstance]:
        """Those that were started, and then what their steps have started."""
        started = Q(key__in=self.keys) | Q(parent__instance__key__in=self.keys)
        return list(WorkflowInstance.objects.filter(started).order_by("-key", "pk"))

    @property
    def instance(self) -> WorkflowInstance:
        return WorkflowInstance.objects.get(key=self.keys[0])

    def perform(self, act: Act) -> None:
        """Do the act in time."""
        with clock.at(self.moment):
            act.do(self)

    def repeat(self, act: Act) -> None:
        """Do again, after the dead process's leases are over, what it did not say it had done.

        Who asks for what has happened already is told so, in one way or another.
        """
        self.moment += LEASE_IS_OVER
        try:
            self.perform(act)
        except (NotAllowed, UnknownToken, WrongState):
            return


def start(**data: Any) -> Act:
    """Start the instances, under keys, so that a repetition finds those that were started."""

    def do(stage: Stage) -> None:
        for key in stage.keys:
            engine.start_workflow(
                stage.definition.name,
                version=stage.definition.version,
                initial_data=data,
                metadata={"ledger": str(stage.ledger)},
                key=key,
                user=person("ana"),
            )

    return Act("start", do)


def drain(later: timedelta = timedelta(0)) -> Act:
    """Let a worker run what is due."""
    return Act("drain", lambda stage: run_what_is_due(), later)


def verb(name: str, do: Callable[[WorkflowInstance], object], **more: Any) -> Act:
    """Do something to the only instance."""
    return Act(name, lambda stage: do(stage.instance), **more)


def person(username: str) -> User:
    """Give one of the people who take part."""
    return User.objects.get(username=username)

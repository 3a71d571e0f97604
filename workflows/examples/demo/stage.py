"""Lets the demo's stories happen in the past: each acts at its moments, and the engine follows."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final, TypeVar

from django.contrib.auth.models import User

from workflows import engine
from workflows.engine import queries
from workflows.engine.maintenance.drain import drain
from workflows.engine.queue.claims import next_due
from workflows.engine.store import clock
from workflows.models import HumanTask, WorkflowInstance

T = TypeVar("T")

Story = Iterator[datetime]
"""Acts, and yields the moment at which it goes on; first of all the one at which it begins."""

MARK: Final = {"demo": True}
"""The metadata by which the demo's instances are known again."""

SATURDAY: Final = 5


@dataclass(frozen=True)
class Scene:
    """What one story may use: the people, its own chance, and what time it is at the end.

    `turn` tells apart the times that a story is told.
    """

    present: datetime
    people: Mapping[str, User]
    chance: random.Random
    turn: int

    def pick(self, options: Sequence[T]) -> T:
        """Give another one of the options each time that the story is told."""
        return options[self.turn % len(options)]

    def workday(self, days_ago: int, hour: int) -> datetime:
        """Give some minute of this hour, so many working days before today."""
        day = self.present.date()
        while days_ago:
            day -= timedelta(days=1)
            days_ago -= day.weekday() < SATURDAY
        at = time(hour, self.chance.randrange(60), self.chance.randrange(60))
        return datetime.combine(day, at, tzinfo=self.present.tzinfo)

    def ago(self, **duration: float) -> datetime:
        """Give the moment this long before the end."""
        return self.present - timedelta(**duration)

    def start(self, workflow: str, by: str, data: Mapping[str, Any]) -> WorkflowInstance:
        """Start an instance that is known to be the demo's."""
        user = self.people[by]
        return engine.start_workflow(workflow, initial_data=data, user=user, metadata=MARK)

    def task(self, instance: WorkflowInstance, step: str) -> HumanTask:
        """Give the latest task of a step."""
        return queries.find_task(instance_id=instance.pk, step_name=step)

    def decide(self, instance: WorkflowInstance, step: str, by: str, **data: Any) -> None:
        """Complete the open task of a step."""
        engine.complete_human_task(self.task(instance, step), user=self.people[by], data=data)

    def claim(self, instance: WorkflowInstance, step: str, by: str) -> None:
        """Take the open task of a step."""
        engine.claim(self.task(instance, step), user=self.people[by])


def play(stories: Iterable[Story], until: datetime) -> None:
    """Let every story act at its moments, in order, with all that the engine does in between.

    What is done at `until` itself is left for the workers.
    """
    coming = [(next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(coming)
    passed = coming[0][0]
    while coming:
        moment, number, story = heapq.heappop(coming)
        if moment > passed:
            run_work(passed, moment)
        with clock.at(moment):
            goes_on_at = next(story, None)
        if goes_on_at is not None:
            heapq.heappush(coming, (goes_on_at, number, story))
        passed = moment
    if until > passed:
        run_work(passed, until)


def run_work(since: datetime, until: datetime) -> None:
    """Run what falls due between two moments, each at its own."""
    moment = since
    while True:
        with clock.at(moment):
            due_at = next_due()
        if due_at is None or due_at > until:
            break
        moment = max(moment, due_at)
        if not drain(now=moment):
            break

"""The enumeration: each act of a journey dies in each of its gaps, and the end is compared."""

from __future__ import annotations

import difflib
import pprint
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from tests.chaos.crash_points.deaths import Gaps, do_apart
from tests.chaos.crash_points.journey import Act, Journey, Stage
from tests.chaos.crash_points.states import State, faults_of, running_in, state_of

PER_JOURNEY: Final = 6
"""Points per journey where only a share is drawn: each must be made without a death, too."""


@dataclass(frozen=True)
class Point:
    """A place to die: in this gap of this act."""

    journey: Journey
    act: int
    gap: int

    def __str__(self) -> str:
        act = self.journey.acts[self.act]
        return f"{self.journey.name}, act {self.act + 1} ({act.name}), gap {self.gap}"


@dataclass(frozen=True)
class Reference:
    """A journey on which nobody dies: how it ends, and how many gaps each act has."""

    states: list[State]
    done: Counter[str]
    gaps: list[int]


def reference_of(journey: Journey, folder: Path) -> Reference:
    """Make the journey once without a death, every act in a process of its own."""
    stage, gaps = Stage(journey, folder), []
    for act in journey.acts:
        stage.moment += act.later
        counting = Gaps()
        do_apart(partial(stage.perform, act), counting)
        gaps.append(counting.passed)
    states = [state_of(instance) for instance in stage.all_instances]
    faults = [fault for instance in stage.all_instances for fault in faults_of(instance)]
    if faults or len(states) < journey.instances:
        raise AssertionError(f"{journey.name} ends badly without any death: {faults}")
    return Reference(states, _done(stage), gaps)


def all_points(journey: Journey, folder: Path) -> int:
    """Die everywhere; give the number of deaths; raises AssertionError where it shows.

    Which gaps there are is not counted beforehand: the next one is tried until nobody dies.
    """
    reference, deaths = reference_of(journey, folder), 0
    for act in range(len(journey.acts)):
        gap = 0
        while survive(Point(journey, act, gap), reference, folder):
            gap += 1
        deaths += gap
    return deaths


def some_points(
    journeys: tuple[Journey, ...], folder: Path, rng: random.Random, share: int
) -> Iterator[Point]:
    """Die in `share` gaps, drawn from those of a few journeys; give where somebody did."""
    journeys = tuple(rng.sample(journeys, min(len(journeys), share // PER_JOURNEY + 1)))
    references = {journey.name: reference_of(journey, folder) for journey in journeys}
    points = [
        Point(journey, act, gap)
        for journey in journeys
        for act, gaps in enumerate(references[journey.name].gaps)
        for gap in range(gaps)
    ]
    for point in rng.sample(points, min(share, len(points))):
        if survive(point, references[point.journey.name], folder):
            yield point


def survive(point: Point, reference: Reference, folder: Path) -> bool:
    """Die at the point, go on in another process, and compare; False where there is no such gap."""
    stage, interrupted = Stage(point.journey, folder), 0
    for number, act in enumerate(point.journey.acts):
        stage.moment += act.later
        if number == point.act:
            died = do_apart(partial(stage.perform, act), Gaps(point.gap))
            if died:
                interrupted = running_in(stage.all_instances)
                _go_on(stage, act)
        elif act.apart:
            do_apart(partial(stage.perform, act), Gaps())
        else:
            stage.perform(act)
    _compare(point, stage, reference, interrupted)
    return died


def _go_on(stage: Stage, act: Act) -> None:
    """Do what somebody does when a process has died on them; `act` is what it was doing."""
    if act.apart:
        do_apart(partial(stage.repeat, act), Gaps())
    else:
        stage.repeat(act)


def _compare(point: Point, stage: Stage, reference: Reference, interrupted: int) -> None:
    """Raise AssertionError unless all is as without the death.

    Of what steps do to the world outside, what was interrupted may have been done twice.
    """
    instances = stage.all_instances
    states = [state_of(instance) for instance in instances]
    if states != reference.states:
        raise AssertionError(f"{point}: the end differs.\n{_difference(reference.states, states)}")
    faults = [fault for instance in instances for fault in faults_of(instance)]
    done = _done(stage)
    again = sum((done - reference.done).values())
    if reference.done - done or again > interrupted:
        faults.append(f"Done: {dict(done)}, not {dict(reference.done)}; {interrupted} interrupted.")
    if faults:
        raise AssertionError(f"{point}: {' '.join(faults)}")
    stage.ledger.unlink(missing_ok=True)


def _done(stage: Stage) -> Counter[str]:
    """Give what steps have done to the world outside, and how often."""
    return Counter(stage.ledger.read_text().splitlines() if stage.ledger.exists() else ())


def _difference(expected: Any, found: Any) -> str:
    before, after = (pprint.pformat(one, width=120).splitlines() for one in (expected, found))
    return "\n".join(difflib.unified_diff(before, after, "without a death", "with it", n=1))

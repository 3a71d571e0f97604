"""Groups: opened, left by their children one by one, won, and nested."""

from __future__ import annotations

from typing import Final

from tests.chaos.crash_points.journey import Journey, drain, start
from tests.chaos.crash_points.steps import Ask, AsyncDo, Break, Do, Listen, Sleep, chain
from workflows import ConditionalGroup, ParallelGroup, RaceGroup, SequentialGroup

JOURNEYS: Final = (
    Journey(
        "parallel group",
        chain("parallel", group=ParallelGroup(Do(), AsyncDo(), Do(), callback=Do())),
        (start(), drain()),
    ),
    Journey(
        "nested groups",
        chain(
            "nested",
            group=SequentialGroup(
                Do(),
                ParallelGroup(SequentialGroup(Do(), Do()), AsyncDo()),
                ConditionalGroup("context.get('choice')", {"left": Do(), "right": Do()}),
            ),
        ),
        (start(choice="left"), drain()),
    ),
    Journey(
        "for each",
        chain(
            "for_each", group=ParallelGroup.for_each("context.get('names')", Do(), callback=Do())
        ),
        (start(names=["Ana", "Ben", "Cleo"]), drain()),
    ),
    Journey(
        "race",
        chain("race", group=RaceGroup(Ask(), Sleep(), Listen(), Do())),
        (start(), drain()),
    ),
    Journey(
        "child fails",
        chain("child_fails", group=ParallelGroup(Do(), Ask(), Break(1))),
        (start(), drain()),
    ),
)

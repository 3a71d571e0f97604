"""Plays a given number of random workflows from a seed, and counts what was done."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.workflows.model.driver import play
from tests.workflows.model.strategies import World, cases, worlds

SIDE_BY_SIDE = 4
"""Instances that are played at once, and whose reports are recorded in one transaction."""


@dataclass
class Sum:
    """What was played."""

    graphs: int = 0
    visits: int = 0
    events: int = 0

    def __str__(self) -> str:
        return f"{self.graphs} graphs, {self.visits} visits, {self.events} events"


def play_many(graphs: int, number: int) -> Sum:
    """Play that many graphs; raises Difference, for the smallest case that was found."""
    found = Sum()

    @seed(number)
    @settings(
        max_examples=-(-graphs // SIDE_BY_SIDE),
        phases=[Phase.generate, Phase.shrink],
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds(cases, SIDE_BY_SIDE))
    def run(world: World) -> None:
        journeys = play(world.cases, world.ways)
        found.graphs += len(journeys)
        found.visits += sum(len(journey.visits) for journey in journeys)
        found.events += sum(len(journey.events) for journey in journeys)

    with quiet():
        run()
    return found


@contextmanager
def quiet() -> Iterator[None]:
    """Keep silent about the failures of steps, which are meant."""
    logger = logging.getLogger("workflows")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)

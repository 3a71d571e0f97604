"""The journeys, which together come to every kind of outcome and verb."""

from __future__ import annotations

from typing import Final

from tests.chaos.crash_points.journey import Journey
from tests.chaos.crash_points.journeys import (
    batches,
    clocks,
    families,
    graphs,
    groups,
    moves,
    people,
    trouble,
)

ALL: Final[tuple[Journey, ...]] = (
    *graphs.JOURNEYS,
    *groups.JOURNEYS,
    *people.JOURNEYS,
    *clocks.JOURNEYS,
    *trouble.JOURNEYS,
    *batches.JOURNEYS,
    *moves.JOURNEYS,
    *families.JOURNEYS,
)

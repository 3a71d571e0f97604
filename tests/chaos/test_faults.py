"""Drawing faults: the same seed draws the same ones."""

from __future__ import annotations

import random
from pathlib import Path

from tests.chaos.arena import Site
from tests.chaos.faults import Fault, draw
from tests.chaos.hosts import Host


class Quake(Fault):
    """Never strikes here."""

    name = "quake"


class Flood(Fault):
    """Strikes as often as all others together."""

    name = "flood"
    weight = 2.0


class Drought(Fault):
    """Strikes elsewhere only."""

    name = "drought"

    def applies_to(self, arena: object) -> bool:
        return False


def drawn(seed: int, folder: Path) -> list[list[tuple[str, int]]]:
    site = Site(
        rng=random.Random(seed),  # noqa: S311 - nothing to protect
        vendor="sqlite",
        folder=folder,
        environment={"DATABASE_URL": ""},
        hosts=[Host("one", ["qcluster"])],
    )
    volleys = draw([Quake(), Flood(), Drought()], site, 100)
    return [[(strike.fault.name, strike.seed) for strike in volley] for volley in volleys]


def test_a_seed_draws_the_same_faults_again(tmp_path: Path) -> None:
    volleys = drawn(1, tmp_path)

    assert volleys == drawn(1, tmp_path)
    assert volleys != drawn(2, tmp_path)
    assert {len(volley) for volley in volleys} == {1, 2, 3}
    assert {name for volley in volleys for name, _ in volley} == {"quake", "flood"}
    assert sum(map(len, volleys)) == 100

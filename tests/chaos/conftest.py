"""Fixtures: hosts on the database of the test, and the workflows that they run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.chaos.arena import Site
from tests.chaos.hosts import Host
from tests.chaos.workload import ALL
from workflows.testing import registered

MakeSite = Callable[..., Site]


@pytest.fixture
def make_site(process_environment: dict[str, str], tmp_path: Path) -> Iterator[MakeSite]:
    """Give a function that makes a site of these hosts; what is left of it is killed."""
    made: list[Site] = []

    def make(*hosts: Host, seed: int = 0, **environment: str) -> Site:
        made.append(
            Site(
                rng=random.Random(seed),  # noqa: S311 - nothing to protect
                vendor=connection.vendor,
                folder=tmp_path,
                environment={**process_environment, **environment},
                hosts=hosts,
            )
        )
        return made[-1]

    with registered(*ALL):
        yield make
        for site in made:
            site.keeper.kill()

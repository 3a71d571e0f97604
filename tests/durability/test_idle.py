"""An idle cluster leaves the database alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.durability.conftest import StartProgram
from tests.durability.journeys import begin, wait_until_completed
from tests.durability.processes import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SETTLES_IN = 3.0
"""Seconds after the last work in which nothing is left over of it."""

IDLE_FOR = 10.0


def test_ten_idle_seconds_cost_fewer_than_ten_statements(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    written = tmp_path / "statements"
    start_cluster(STATEMENTS=str(written))
    wait_until_completed(begin("durable_pause", tmp_path, seconds=0))
    begins = time.time() + SETTLES_IN

    wait_for(lambda: time.time() > begins + IDLE_FOR)

    lines = [line.split(maxsplit=2) for line in written.read_text().splitlines()]
    idle = [rest for at, _, rest in lines if begins <= float(at) < begins + IDLE_FOR]
    assert lines
    assert len(idle) < 10, "\n".join(idle)

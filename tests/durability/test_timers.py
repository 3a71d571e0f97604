"""Timers in real workers: never early, and soon after their time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.durability.conftest import StartProgram
from tests.durability.journeys import begin, notes, wait_until_completed
from workflows.models import Event

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_timer_of_two_seconds_is_never_early(start_cluster: StartProgram, tmp_path: Path) -> None:
    start_cluster()
    journeys = []
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        journeys.append((folder, begin("durable_pause", folder, seconds=2)))

    for folder, instance in journeys:
        wait_until_completed(instance)
        set_at = Event.objects.get(instance=instance, kind="timer.set").at.timestamp()
        (_, _, before), (_, _, after) = notes(folder)
        assert after - before >= 2
        assert after - set_at >= 2


def test_a_timer_fires_without_anybody_having_to_look_for_it(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    start_cluster()
    instance = begin("durable_pause", tmp_path, seconds=1)

    wait_until_completed(instance)

    assert [name for name, _, _ in notes(tmp_path)] == ["before", "after"]

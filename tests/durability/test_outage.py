"""The database goes away for a moment: the cluster finds back by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tests.durability.conftest import StartProgram
from tests.durability.journeys import (
    assert_nothing_happened_twice,
    begin,
    notes,
    wait_until_completed,
)
from tests.durability.processes import wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    # An SQLite file cannot hang up on anybody.
    pytest.mark.only_on("postgresql"),
]


def cut_all_lines() -> int:
    """End every other connection to this database; give how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def test_an_idle_cluster_works_again_after_its_lines_were_cut(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    start_cluster()

    assert cut_all_lines() >= 2
    instance = begin("durable_pause", tmp_path, seconds=1)

    wait_until_completed(instance)
    assert_nothing_happened_twice(instance)


def test_a_step_that_runs_while_the_lines_are_cut_is_recorded_once(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    start_cluster()
    instance = begin("durable_gate", tmp_path)
    wait_for(lambda: notes(tmp_path))

    assert cut_all_lines() >= 2
    (tmp_path / "open").touch()

    wait_until_completed(instance)
    assert_nothing_happened_twice(instance)

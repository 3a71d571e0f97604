"""SQLite locked by others, full, or only to be read, under a real cluster at work."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tests.chaos.database_faults import switches
from tests.chaos.database_faults.sqlite import locked
from tests.durability.conftest import StartProgram
from tests.durability.databases.riding_out import ride_out, told

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.only_on("sqlite"),
]

LINES = 12
"""Six processes, each of which says a line a minute, however often it tries."""


@pytest.fixture
def environment(process_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Give the environment of processes that obey switches in the test's folder."""
    return {
        **process_environment,
        "DJANGO_SETTINGS_MODULE": "tests.durability.databases.site",
        switches.FOLDER: str(tmp_path),
    }


def test_work_waits_for_another_writer(start_cluster: StartProgram, tmp_path: Path) -> None:
    cluster = start_cluster()

    ride_out(cluster, tmp_path, locked(Path(connection.settings_dict["NAME"])))

    assert 1 <= told(cluster) <= LINES
    assert "database is locked" in cluster.said


def test_work_waits_for_room_on_the_disk(start_cluster: StartProgram, tmp_path: Path) -> None:
    cluster = start_cluster()

    ride_out(cluster, tmp_path, switches.switched_on(tmp_path, switches.FULL))

    assert told(cluster) <= LINES


def test_work_waits_until_the_file_can_be_written(
    start_cluster: StartProgram, tmp_path: Path
) -> None:
    cluster = start_cluster()

    ride_out(cluster, tmp_path, switches.switched_on(tmp_path, switches.READ_ONLY))

    assert 1 <= told(cluster) <= LINES
    assert "attempt to write a readonly database" in cluster.said

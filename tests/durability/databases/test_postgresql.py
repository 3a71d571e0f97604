"""PostgreSQL killed, silent, forgetful, or only to be read, under a real cluster at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from tests import postgres
from tests.chaos.database_faults.postgresql import only_to_be_read, through
from tests.chaos.database_faults.proxy import Proxy
from tests.durability.conftest import StartProgram
from tests.durability.databases.riding_out import ride_out, told
from tests.durability.journeys import begin, wait_until_completed
from tests.durability.processes import wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.only_on("postgresql"),
]

LINES = 12
"""Six processes, each of which says a line a minute, however often it tries."""
LONGER_THAN_A_LEASE = 5.0


@contextmanager
def connected_to(server: postgres.Server) -> Iterator[None]:
    """Have this process use the server's database instead of the tests'."""
    settings = connection.settings_dict
    before = {name: settings[name] for name in ("HOST", "NAME")}
    connection.close()
    settings |= {"HOST": str(server.folder), "NAME": "postgres"}
    try:
        yield
    finally:
        connection.close()
        settings |= before


@pytest.fixture(scope="session")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[postgres.Server]:
    """Give a server of one's own, with the tables, whose commits outlive a kill."""
    server = postgres.Server(postgres.OPTIONS | {"synchronous_commit": "on"})
    with django_db_blocker.unblock(), connected_to(server):
        call_command("migrate", verbosity=0)
    yield server
    server.stop()


@pytest.fixture
def proxy(server: postgres.Server) -> Iterator[Proxy]:
    """Give a proxy between the processes and the server."""
    proxy = Proxy(server.socket)
    yield proxy
    proxy.close()


@pytest.fixture
def environment(
    transactional_db: None, server: postgres.Server, proxy: Proxy, request: pytest.FixtureRequest
) -> Iterator[dict[str, str]]:
    """Give the environment of processes that reach the server through the proxy."""
    with connected_to(server):
        yield {
            **request.getfixturevalue("process_environment"),
            "DJANGO_SETTINGS_MODULE": "tests.durability.databases.site",
            "DATABASE_URL": through(proxy, server.address),
        }


@contextmanager
def killed(server: postgres.Server) -> Iterator[None]:
    server.kill()
    yield
    server.start_again()


@contextmanager
def silent(proxy: Proxy, *, forgets: bool) -> Iterator[None]:
    proxy.fall_silent()
    yield
    proxy.open(forgets=forgets)


def test_work_waits_for_a_server_that_was_killed(
    start_cluster: StartProgram, tmp_path: Path, server: postgres.Server
) -> None:
    cluster = start_cluster()

    ride_out(cluster, tmp_path, killed(server))

    assert 1 <= told(cluster) <= LINES


def test_a_cluster_that_starts_before_its_server_waits_for_it(
    start_program: StartProgram, tmp_path: Path, server: postgres.Server
) -> None:
    with killed(server):
        cluster = start_program("qcluster")
        wait_for(lambda: told(cluster))
    connections.close_all()
    instance = begin("durable_pause", tmp_path, seconds=0)

    wait_until_completed(instance)
    assert "Traceback" not in cluster.said


def test_work_waits_while_a_server_can_only_be_read(
    start_cluster: StartProgram, tmp_path: Path, server: postgres.Server
) -> None:
    cluster = start_cluster()

    ride_out(cluster, tmp_path, only_to_be_read(server.address))

    assert 1 <= told(cluster) <= LINES
    assert "read-only transaction" in cluster.said


@pytest.mark.parametrize("forgets", [False, True])
def test_work_goes_on_when_the_line_is_no_longer_silent(
    start_cluster: StartProgram, tmp_path: Path, proxy: Proxy, *, forgets: bool
) -> None:
    cluster = start_cluster()

    ride_out(cluster, tmp_path, silent(proxy, forgets=forgets), lasts=LONGER_THAN_A_LEASE)

    assert told(cluster) <= LINES

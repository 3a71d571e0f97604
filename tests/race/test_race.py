"""Of fifty who decide at once, one has decided, and forty-nine are told who was first."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from tests.durability.processes import Program, wait_for
from tests.race import racing

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROUNDS = 5


@pytest.fixture
def site(process_environment: dict[str, str], tmp_path: Path) -> Iterator[tuple[int, Program]]:
    """Run the site, with a thread for each decider, at a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    threads = {"PORT": str(port), "WEB_THREADS": str(racing.DECIDERS)}
    site = Program({**process_environment, **threads}, tmp_path / "site.log", "up")
    wait_for(lambda: "Open http://" in site.said, means=site.said)
    yield port, site
    site.kill()


def test_of_fifty_who_decide_at_once_one_has_decided(site: tuple[int, Program], ana: User) -> None:
    port, program = site
    racers = racing.deciders(port)

    for task in racing.tasks(ROUNDS, ana):
        assert racing.run(task, racers) == [], program.said[-5000:]

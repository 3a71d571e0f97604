"""Fixtures: workers and whole sites as real processes, on the database of the test."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.durability.processes import Program, wait_for
from tests.durability.scenarios import versions
from tests.durability.scenarios.definitions import ALL
from workflows.models import Worker
from workflows.testing import registered

StartProgram = Callable[..., Program]


@pytest.fixture(autouse=True)
def _scenarios() -> Iterator[None]:
    """Let this process know the workflows that the others run."""
    with registered(*ALL, *versions.here()):
        yield


@pytest.fixture
def environment(process_environment: dict[str, str]) -> dict[str, str]:
    """Give the environment of the processes."""
    return {**process_environment, "DJANGO_SETTINGS_MODULE": "tests.durability.site"}


@pytest.fixture
def start_program(environment: dict[str, str], tmp_path: Path) -> Iterator[StartProgram]:
    """Give a function that runs `manage.py` with arguments; all that is left is killed."""
    started: list[Program] = []
    numbers = itertools.count(1)

    def start(*command: str, **more: str) -> Program:
        log = tmp_path / f"{command[0]}-{next(numbers)}.log"
        started.append(Program({**environment, **more}, log, *command))
        return started[-1]

    yield start
    for program in started:
        program.kill()


@pytest.fixture
def start_cluster(start_program: StartProgram) -> StartProgram:
    """Give a function that starts a qcluster and waits until its workers have said hello."""

    def start(**more: str) -> Program:
        known = set(Worker.objects.values_list("pk", flat=True))
        cluster = start_program("qcluster", **more)

        def is_up() -> bool:
            assert cluster.process.poll() is None, cluster.said
            return Worker.objects.exclude(pk__in=known).count() == 2

        wait_for(is_up, means="The workers did not come up.")
        return cluster

    return start


@pytest.fixture
def free_port() -> str:
    """Give a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])

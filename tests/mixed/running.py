"""Starts both servers, and lets the robot send forms to them."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import Final

from django.contrib.auth.models import User

from tests.durability.processes import Program, wait_for
from tests.mixed.forms import RELEASES, pairs
from tests.mixed.robot import Robot, Told
from workflows.management.commands.up import answers

SERVER: Final = ("-m", "gunicorn", "-c", "python:config.gunicorn")


@contextmanager
def servers(environment: Mapping[str, str], folder: Path, seed: str) -> Iterator[dict[str, int]]:
    """Run a server of each release; give their ports."""
    site = {**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
    collect = Program(site, folder / "collect.log", "collectstatic", "--no-input")
    assert collect.ends() == 0, collect.said
    with ExitStack() as stack:
        ports = {
            release: stack.enter_context(_server(environment, folder, seed, release))
            for release in RELEASES
        }
        yield ports


def submit(ports: dict[str, int], ben: User, admin: User, seed: str, count: int) -> Told:
    """Let the robot send as many forms as asked for, and give what came of it."""
    robot, random = Robot(ports, ben, admin, seed), Random(f"order {seed}")  # noqa: S311
    while robot.told.sent < count:
        robot.submit(random.choice(pairs(seed)))
    return robot.told


@contextmanager
def _server(environment: Mapping[str, str], folder: Path, seed: str, release: str) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    said = {
        "DJANGO_SETTINGS_MODULE": "tests.mixed.site",
        "MIXED_RELEASE": release,
        "MIXED_SEED": seed,
        "PORT": str(port),
    }
    program = Program(
        {**os.environ, **environment, **said}, folder / f"{release}.log", program=SERVER
    )
    try:
        wait_for(lambda: program.process.poll() is not None or answers("127.0.0.1", port))
        assert program.process.poll() is None, program.said
        yield port
    finally:
        program.kill()

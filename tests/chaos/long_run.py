"""The long run: three hosts that work, one that serves pages, and clients that come over HTTP."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.chaos.arena import WEB, Site
from tests.chaos.clients import Clients, make_reviewers
from tests.chaos.database_faults.all_faults import database_faults
from tests.chaos.doors import Pages
from tests.chaos.hosts import Host
from tests.chaos.process_faults import process_faults
from tests.chaos.run import Run, Summary

AT_ONCE = 40
"""Instances that are under way at the same time."""


def long_run(
    seed: int, folder: Path, faults: int, *, every: int, say: Callable[[str], None]
) -> Summary:
    """Strike with that many faults, and say every so many of them.

    The database is there, migrated and empty.
    """
    hosts = [
        Host("one", ["qcluster"], environment={"WORKERS": "2"}),
        Host("two", ["qcluster"], environment={"WORKERS": "1"}),
        Host("three", ["work"]),
        Host(WEB, ["-c", "python:config.gunicorn"], program=["-m", "gunicorn"]),
    ]
    site = Site(
        rng=random.Random(seed),  # noqa: S311 - nothing to protect
        vendor=connection.vendor,
        folder=folder,
        environment=dict(os.environ),
        hosts=hosts,
        owns_server=True,
    )
    door = Pages(settings.PORT)
    site.is_asked = door.is_asked
    for user in make_reviewers():
        door.sign_in(user)
    clients = Clients(seed, door, folder, at_once=AT_ONCE)
    able = [*process_faults(site), *database_faults(site)]
    return Run(site, clients, able, seed=seed, every=every, say=say).run(faults)

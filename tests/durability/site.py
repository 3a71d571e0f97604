"""The site's settings for the processes that these tests start: with short leases, and counted."""

from __future__ import annotations

from datetime import timedelta

from config.settings import *  # noqa: F403 - settings are a module of names
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.durability.scenarios"]
WORKFLOWS_LEASE = timedelta(seconds=4)
WORKFLOWS_GRACE = timedelta(seconds=2)
WORKFLOWS_MARGIN = timedelta(seconds=1)

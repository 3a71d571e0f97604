"""The site's settings under faults of its database: it obeys switches, and waits less for locks."""

from __future__ import annotations

from tests.chaos.site import *  # noqa: F403 - settings are a module of names
from tests.chaos.site import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.database_faults"]
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # Twenty seconds outlast most of what holds a lock, and so would hide what comes after them.
    DATABASES["default"]["OPTIONS"]["timeout"] = 2

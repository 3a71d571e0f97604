"""The site's settings for these tests: it obeys switches, and does not wait long for locks."""

from __future__ import annotations

from tests.durability.site import *  # noqa: F403 - settings are a module of names
from tests.durability.site import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.database_faults"]
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # Twenty seconds would outlast the fault, and hide what comes after them.
    DATABASES["default"]["OPTIONS"]["timeout"] = 1

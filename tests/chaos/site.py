"""The site's settings for the processes under attack: short leases, and what a fault asks for."""

from __future__ import annotations

import os
from datetime import timedelta

from config.settings import *  # noqa: F403 - settings are a module of names
from config.settings import INSTALLED_APPS
from tests.chaos import clocks

clocks.shift_as_told()

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos"]
WORKFLOWS_LEASE = timedelta(seconds=float(os.environ.get("CHAOS_LEASE", "4")))
WORKFLOWS_GRACE = timedelta(seconds=1)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

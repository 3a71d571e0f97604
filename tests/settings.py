"""The site's settings under test: nothing of the developer's environment reaches the tests."""

from __future__ import annotations

import os

from tests import machine

# Before config.settings reads them; the processes that tests start get them too.
os.environ.update(machine.environment())

from config.settings import *  # noqa: F403 - settings are a module of names
from config.settings import DATABASES

# A file, never memory: worker processes that tests start open the same database.
DATABASES["default"]["TEST"] = (
    {"NAME": str(machine.run_folder() / "test.sqlite3")}
    if "sqlite" in DATABASES["default"]["ENGINE"]
    else {}
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

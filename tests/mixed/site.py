"""The settings of both servers: the site, with the workflows of one release."""

from __future__ import annotations

from config.settings import *  # noqa: F403 - settings are a module of names
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.mixed.releases"]

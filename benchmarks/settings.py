"""The settings of the sites that are measured: a site as it is deployed, with our workflows."""

from __future__ import annotations

from config.settings import *  # noqa: F403 - settings are a module of names
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]

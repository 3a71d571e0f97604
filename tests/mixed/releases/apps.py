"""Tells Django about the workflows of one release."""

from __future__ import annotations

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """The workflows of the release that the environment names."""

    name = "tests.mixed.releases"

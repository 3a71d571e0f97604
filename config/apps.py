"""Django's apps where the site needs them otherwise."""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Collects the static files of all apps but one: the pages use their own copy of htmx.

    Django 5.2 cannot collect django-htmx's, whose modules import files that are not there.
    """

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx"]

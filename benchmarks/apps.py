"""The benchmarks as a Django app: writes down every statement where STATEMENTS names a file."""

from __future__ import annotations

import os

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from tests.durability.scenarios.apps import watch


class BenchmarksConfig(AppConfig):
    """The workflows that are measured."""

    name = "benchmarks"

    def ready(self) -> None:
        """Watch every connection of this process and of its forks."""
        if "STATEMENTS" in os.environ:
            connection_created.connect(watch, dispatch_uid="statements")

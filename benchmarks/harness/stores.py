"""Several databases of one site, to which the Django of this process is turned in turns."""

from __future__ import annotations

from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from benchmarks.harness.sites import Site


class Store:
    """A database of its own, with all tables, beside those of others."""

    def __init__(self, site: Site, name: str) -> None:
        self._name: str | Path = name
        if site.database == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}"')
        else:
            self._name = site.folder / f"{name}.sqlite3"
        self.turn_to()
        call_command("migrate", verbosity=0)

    def turn_to(self) -> None:
        """Let this be the database from now on, and forget what is known of another one."""
        connection.close()
        connection.settings_dict["NAME"] = self._name
        cache.clear()
        ContentType.objects.clear_cache()

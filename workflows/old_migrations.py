"""Refuses to migrate a database that stands between two versions, before anything is changed."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def refuse_partly_migrated(using: str, **_: Any) -> None:
    """Raise CommandError where only some of what a migration replaces was applied, and is gone.

    Django would leave out such a migration, and its whole app with it, without a word. Connect
    this to `pre_migrate`.
    """
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    applied = MigrationRecorder(connections[using]).applied_migrations()
    for (app, name), migration in known.items():
        replaced = [one for one in migration.replaces if one not in known]
        missing = [one for one in replaced if one not in applied]
        if (app, name) not in applied and 0 < len(missing) < len(replaced):
            raise CommandError(
                f"This database has {len(replaced) - len(missing)} of the {len(replaced)} "
                f"migrations of {app} that {name} stands for; the first it lacks is "
                f"{missing[0][1]}. Run `manage.py migrate` with the last version that still has "
                "them, and then with this one. Nothing was changed."
            )

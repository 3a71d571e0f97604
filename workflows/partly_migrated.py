"""Find databases that stand between two versions, and refuse to migrate them."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def problem_of(using: str) -> str:
    """Say what is wrong where only some of what a migration replaces was applied, and is gone.

    Django would leave out such a migration, and its whole app with it, without a word. Returns ""
    for a database that can be migrated.
    """
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    applied = MigrationRecorder(connections[using]).applied_migrations()
    for (app, name), migration in known.items():
        replaced = [one for one in migration.replaces if one not in known]
        missing = [one for one in replaced if one not in applied]
        if (app, name) not in applied and 0 < len(missing) < len(replaced):
            return (
                f"This database has {len(replaced) - len(missing)} of the {len(replaced)} "
                f"migrations of {app} that {name} stands for; the first it lacks is "
                f"{missing[0][1]}. Migrate it with the version before this one first: "
                "docs/how-to/deploy.md says how, under “Update from before 0.1.0”."
            )
    return ""


def refuse_partly_migrated(using: str, **_: Any) -> None:
    """Raise CommandError before anything is changed; connect it to `pre_migrate`."""
    if problem := problem_of(using):
        raise CommandError(f"{problem} Nothing was changed.")

"""An empty database beside the tests' own, which is the default one for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from tests.upgrade.dumps import at_database, drop_database, make_database, name_for

ROWS = Path(__file__).with_name("rows.sql")


@contextmanager
def scratch_database(folder: Path) -> Iterator[None]:
    """Let the default connection lead to a new, empty database within the block."""
    name = name_for("scratch", folder)
    make_database(name)
    try:
        with at_database(name):
            yield
    finally:
        drop_database(name)


def write_rows() -> None:
    """Put the landed version's rows in, ids and all, and let new ids come after them."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    filled: dict[str, type[Model]] = {}
    with connection.cursor() as cursor:
        for statement in ROWS.read_text(encoding="utf-8").splitlines():
            if statement.startswith("INSERT INTO "):
                cursor.execute(statement)
                table = statement.split()[2]
                if table in models:
                    filled[table] = models[table]
        for statement in connection.ops.sequence_reset_sql(no_style(), list(filled.values())):
            cursor.execute(statement)

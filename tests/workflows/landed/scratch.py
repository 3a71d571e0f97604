"""An empty database beside the tests' own, which is the default one for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

ROWS = Path(__file__).with_name("rows.sql")


@contextmanager
def scratch_database(folder: Path) -> Iterator[None]:
    """Let the default connection lead to a new, empty database within the block."""
    usual = connection.settings_dict["NAME"]
    is_file = connection.vendor == "sqlite"
    name = str(folder / "scratch.sqlite3") if is_file else f"{usual}_scratch"
    if not is_file:
        _at_the_server(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    _lead_to(name)
    try:
        yield
    finally:
        _lead_to(usual)
        if not is_file:
            _at_the_server(f'DROP DATABASE "{name}"')


def _lead_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    # Both databases number their content types in their own way.
    ContentType.objects.clear_cache()


def _at_the_server(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


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

"""Migrating a site of before changes no row, and leaves the schema of a new site."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management import call_command
from django_q.models import Schedule
from pytest_django.plugin import DjangoDbBlocker

from tests.upgrade.conftest import Migrated, Notes, Upgraded, environment_of, manage
from tests.upgrade.dumps import at_database, drop_database, make_database, name_for
from tests.upgrade.introspection import schema

pytestmark = pytest.mark.slow

ADDED: Final[dict[str, dict[str, Any]]] = {
    "workflows_draft": {"revision": 1, "tab": "", "turn": 0},
}
"""Columns that the dump does not have, by table, with what its rows get."""


def test_migrating_neither_changes_nor_loses_a_row(migrated: Migrated) -> None:
    assert migrated.after.keys() == migrated.before.keys()
    for table, rows in migrated.before.items():
        added = ADDED.get(table, {})
        assert [_without(row, added) for row in migrated.after[table]] == rows, table
    assert sum(map(len, migrated.before.values())) > 1_000


def _without(row: str, added: dict[str, Any]) -> str:
    """Give a row without its new columns; raises where one has another value."""
    for column in added.items():
        assert row.count(f", {column!r}") == 1, column
        row = row.replace(f", {column!r}", "")
    return row


def test_the_schema_is_that_of_a_new_site(
    migrated: Migrated, notes: Notes, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    name = name_for("new", tmp_path)
    with django_db_blocker.unblock():
        make_database(name)
        manage(environment_of(name, tmp_path, notes), "migrate", "-v", "0")
        with at_database(name):
            fresh = schema()
        drop_database(name)

    assert migrated.schema.keys() == fresh.keys()
    for part, found in fresh.items():
        assert migrated.schema[part] == found, part


def test_models_and_migrations_agree_and_none_is_left_to_run(site: Upgraded) -> None:
    # Both end the process with another status than 0 where there is anything to do.
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    call_command("migrate", "--check", verbosity=0)


def test_what_the_workers_do_again_and_again_is_there_once(site: Upgraded) -> None:
    call_command("migrate", verbosity=0)

    assert sorted(Schedule.objects.values_list("func", flat=True)) == [
        "workflows.jobs.reconcile",
        "workflows.jobs.sweep",
    ]

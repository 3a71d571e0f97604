"""Fixtures: the site of before in a new database, migrated by the code of today."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from tests.durability.processes import ROOT
from tests.upgrade.contracts import ALL, LOST
from tests.upgrade.dumps import (
    BEFORE,
    address_of,
    at_database,
    drop_database,
    make_database,
    name_for,
    read_dump,
)
from tests.upgrade.introspection import Rows, Schema, rows_of, schema
from tests.upgrade.pages import OpenForm, Tab
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import registered

Notes = dict[str, Any]


def environment_of(database: str, folder: Path, notes: Notes) -> dict[str, str]:
    """Give the environment of the site's processes."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.upgrade.site",
        "DATABASE_URL": address_of(database),
        "DATA_DIR": str(folder),
        "SECRET_KEY": str(notes["secret_key"]),
    }


def manage(environment: dict[str, str], *command: str) -> str:
    """Run `manage.py` to its good end, and give what it says."""
    program = [sys.executable, "manage.py", *command]
    ended = subprocess.run(
        program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, f"{command}: {ended.stdout}{ended.stderr}"
    return ended.stdout


@pytest.fixture(scope="session")
def notes(django_db_setup: None) -> Notes:
    """Give what was written down of the site of before beside its rows."""
    name = "sqlite" if connection.vendor == "sqlite" else "postgres"
    found: Notes = json.loads((BEFORE / f"{name}.json").read_text(encoding="utf-8"))
    return found


@dataclass
class Migrated:
    """A database that was filled with the rows of before, and migrated since.

    Nobody may change it for good.
    """

    name: str
    before: Rows
    after: Rows
    schema: Schema


@pytest.fixture(scope="session")
def migrated(
    notes: Notes, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Migrated]:
    """Read the dump into a new database, and let `manage.py migrate` do the rest."""
    folder = tmp_path_factory.mktemp("before")
    name, dump = name_for("before", folder), f"{connection.vendor.removesuffix('ql')}.sql.gz"
    with django_db_blocker.unblock():
        make_database(name)
        read_dump(BEFORE / dump, name)
        with at_database(name):
            before = rows_of()
        manage(environment_of(name, folder, notes), "migrate", "-v", "0")
        with at_database(name):
            found = Migrated(name, before, rows_of(), schema())
    yield found
    with django_db_blocker.unblock():
        drop_database(name)


@dataclass
class Upgraded:
    """The site of before, on which the code of today works."""

    notes: Notes
    environment: dict[str, str]

    def tab(self, who: str) -> Tab:
        """Give a browser as it was, with its cookies."""
        cookies = self.notes["cookies"][who]
        return Tab("dana" if who == "signed out" else who, cookies)

    def form(self, name: str) -> OpenForm:
        """Give a form that was open."""
        found: OpenForm = self.notes["forms"][name]
        return found

    def address(self, name: str) -> str:
        """Give an address that somebody had."""
        return str(self.notes["addresses"][name])

    def request(self, case: str) -> WorkflowInstance:
        """Give a request as it is now."""
        return WorkflowInstance.objects.get(pk=self.notes["requests"][case])

    def task(self, case: str) -> HumanTask:
        """Give the newest task of a request as it is now."""
        return HumanTask.objects.filter(instance=self.request(case)).latest("created_at")

    def manage(self, *command: str) -> str:
        """Run `manage.py` on it."""
        return manage(self.environment, *command)


@pytest.fixture
def site(
    migrated: Migrated,
    notes: Notes,
    django_db_blocker: DjangoDbBlocker,
    settings: Settings,
    tmp_path: Path,
) -> Iterator[Upgraded]:
    """Give the site of before to this process alone: what is done to it is taken back."""
    with (
        django_db_blocker.unblock(),
        at_database(migrated.name),
        _as_before(notes, settings, tmp_path),
        transaction.atomic(),
    ):
        yield Upgraded(notes, environment_of(migrated.name, tmp_path, notes))
        transaction.set_rollback(True)


@pytest.fixture
def own_site(
    migrated: Migrated,
    notes: Notes,
    django_db_blocker: DjangoDbBlocker,
    settings: Settings,
    tmp_path: Path,
) -> Iterator[Upgraded]:
    """Give the site of before in a database of its own, on which other processes can work."""
    name = name_for("site", tmp_path)
    with django_db_blocker.unblock():
        make_database(name, like=migrated.name)
        with at_database(name), _as_before(notes, settings, tmp_path):
            yield Upgraded(notes, environment_of(name, tmp_path, notes))
        drop_database(name)


@contextmanager
def _as_before(notes: Notes, settings: Settings, folder: Path) -> Iterator[None]:
    """Let there be the secret, the workflows, and the files that people had sent."""
    # What was signed then is known again by the same secret; it is read when modules are loaded.
    assert notes["secret_key"] == settings.SECRET_KEY
    settings.DATA_DIR, settings.MEDIA_ROOT = folder, folder / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    for path, content in notes["files"].items():
        file = folder / "media" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(content))
    cache.clear()
    with registered(*ALL, LOST):
        yield
    cache.clear()

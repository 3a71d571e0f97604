"""Fixtures that every test may use: the people, and the environment of processes that it starts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection

from tests import people

TESTS: Final = Path(__file__).parent
ABOUT_NO_DATABASE: Final = (
    "browser/forms",
    "tasks_ui/schema_form",
    "workflows/schemas",
)
"""Folders whose tests say the same on every database, and run once, on SQLite."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other database, and run the browser's tests last.

    Playwright keeps an event loop in the thread of the tests from its first use on, and no other
    test may start one there after that.
    """
    elsewhere = [item for item in items if not _is_about(item, connection.vendor)]
    items[:] = [item for item in items if item not in elsewhere]
    config.hook.pytest_deselected(items=elsewhere)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def _is_about(item: pytest.Item, vendor: str) -> bool:
    marker = item.get_closest_marker("only_on")
    is_about_none = any(item.path.is_relative_to(TESTS / folder) for folder in ABOUT_NO_DATABASE)
    return vendor in marker.args if marker else vendor == "sqlite" or not is_about_none


@pytest.fixture
def ana(db: None) -> User:
    """Give the person who starts things."""
    return people.ana()


@pytest.fixture
def ben(db: None) -> User:
    """Give the manager who approves."""
    return people.ben()


@pytest.fixture
def cleo(db: None) -> User:
    """Give the person who must not see what the others do."""
    return people.cleo()


@pytest.fixture
def admin(db: None) -> User:
    """Give the superuser."""
    return people.admin()


@pytest.fixture
def process_environment(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """Give the environment in which `manage.py` works on the database of this very test."""
    database = connection.settings_dict
    url = (
        f"sqlite:///{database['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgres://signoff@/{database['NAME']}?host={quote(database['HOST'], safe='')}"
    )
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "DATA_DIR": str(tmp_path),
    }

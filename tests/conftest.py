"""Fixtures that every test may use, and the choice of what a run on one database leaves out."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection

from tests import people
from workflows.engine.store import clock

TESTS: Final = Path(__file__).parent
ABOUT_PAGES: Final = ("browser", "tasks_ui/schema_form")
"""Folders whose tests say the same on every database, but for those marked `on_every_database`."""
DATABASE: Final = frozenset({"db", "transactional_db", "live_server"})
"""Fixtures without which a test that starts no processes cannot reach the database."""

SLOW_UNTIL: Final = 0.75
"""The part of a run in which its slow tests begin."""

LEFT_OUT: Final = "left out"
COUNT: Final = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what says nothing about this database, and put the others into an order."""
    everything = [*items]
    items[:] = [item for item in items if is_about(item, connection.vendor)]
    elsewhere = set(everything).difference(items)
    config.hook.pytest_deselected(items=[*elsewhere])
    config.stash[COUNT] = len(elsewhere)
    if hasattr(config, "workeroutput"):
        config.workeroutput[LEFT_OUT] = len(elsewhere)
    _order(items)


def _order(items: list[pytest.Item]) -> None:
    """Run the browser's tests last, and spread the slow ones, but not to the end.

    Playwright keeps an event loop in the thread of the tests from its first use on, and no other
    test may start one there after that. Slow tests mostly wait: beside each other they would leave
    the machine idle, and near the end everything would wait for them.
    """
    groups = defaultdict[tuple[bool, bool], list[pytest.Item]](list)
    for item in items:
        groups[_is(item, "browser"), _is(item, "slow")].append(item)
    places = {
        item: (browser, number / len(group) * (SLOW_UNTIL if slow else 1))
        for (browser, slow), group in groups.items()
        for number, item in enumerate(group)
    }
    items.sort(key=places.__getitem__)


def is_about(item: pytest.Item, vendor: str) -> bool:
    """Whether a run on this database has the test; SQLite has those that ask for none, too."""
    if marker := item.get_closest_marker("only_on"):
        return vendor in marker.args
    if vendor == "sqlite" or _is(item, "on_every_database"):
        return True
    if any(item.path.is_relative_to(TESTS / folder) for folder in ABOUT_PAGES):
        return False
    # What starts processes reaches the database by its address, and needs no fixture.
    return _is(item, "slow") or _reaches_database(item)


def _reaches_database(item: pytest.Item) -> bool:
    asked = getattr(item, "fixturenames", ())
    return _is(item, "django_db") or not DATABASE.isdisjoint(asked)


def _is(item: pytest.Item, marked: str) -> bool:
    return item.get_closest_marker(marked) is not None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Let the database say its time before each test.

    It is asked twice a minute, and a test that counts statements would at times count that one.
    """
    if connection.vendor == "postgresql" and _reaches_database(item) and not _is(item, "browser"):
        clock.measure()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process of the run has counted: all of them leave out the same."""
    left_out = getattr(node, "workeroutput", {}).get(LEFT_OUT, 0)
    node.config.stash[COUNT] = left_out


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say how many tests this database has not seen: none is passed over in silence."""
    if left_out := config.stash.get(COUNT, 0):
        other = "postgres" if connection.vendor == "sqlite" else "sqlite"
        terminalreporter.write_line(
            f"LEFT OUT: {left_out} tests that say nothing about {connection.display_name}; "
            f"a run with TEST_DATABASE={other} has them."
        )


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

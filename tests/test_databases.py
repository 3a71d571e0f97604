"""What a run on one database leaves out says nothing about it."""

from __future__ import annotations

import pytest

from tests.conftest import is_about

BOTH = ("sqlite", "postgresql")


def databases(request: pytest.FixtureRequest) -> list[str]:
    """Give the databases on which a test is run."""
    return [vendor for vendor in BOTH if is_about(request.node, vendor)]


def test_what_asks_for_no_database_is_run_once(request: pytest.FixtureRequest) -> None:
    assert databases(request) == ["sqlite"]


def test_what_asks_for_one_is_run_on_each(request: pytest.FixtureRequest, db: None) -> None:
    assert databases(request) == [*BOTH]


@pytest.mark.django_db
def test_what_is_marked_to_need_one_is_run_on_each(request: pytest.FixtureRequest) -> None:
    assert databases(request) == [*BOTH]


@pytest.mark.slow
def test_what_may_start_processes_is_run_on_each(request: pytest.FixtureRequest) -> None:
    assert databases(request) == [*BOTH]


@pytest.mark.only_on("postgresql")
def test_what_is_about_one_is_run_there(request: pytest.FixtureRequest) -> None:
    assert databases(request) == ["postgresql"]


@pytest.mark.on_every_database
def test_what_asks_to_be_is_run_on_each(request: pytest.FixtureRequest) -> None:
    assert databases(request) == [*BOTH]

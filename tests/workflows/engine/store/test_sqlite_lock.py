"""Turns on SQLite: a courtesy between processes, which nobody waits for in vain."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

import pytest
from django.db import connection

from workflows.engine.store import sqlite_lock


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file of an SQLite database that this process works on."""
    path = tmp_path / "site.sqlite3"
    path.touch()
    monkeypatch.setitem(connection.settings_dict, "NAME", path)
    monkeypatch.setattr(sqlite_lock, "_open", sqlite_lock._open.__wrapped__)
    return path


def is_free(path: Path) -> bool:
    other = os.open(f"{path}-turn", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(other)


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
def test_the_turn_is_had_while_it_lasts_and_given_up_after_it(file: Path) -> None:
    with sqlite_lock.turn():
        assert not is_free(file)
    assert is_free(file)


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
def test_who_has_waited_long_enough_goes_on(file: Path) -> None:
    other = os.open(f"{file}-turn", os.O_RDWR | os.O_CREAT)
    fcntl.flock(other, fcntl.LOCK_EX)
    began = time.monotonic()

    with sqlite_lock.turn():
        assert time.monotonic() - began >= sqlite_lock.PATIENCE
    assert not is_free(file)
    os.close(other)


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db
def test_other_databases_take_no_turns(file: Path) -> None:
    with sqlite_lock.turn():
        assert not Path(f"{file}-turn").exists()

"""Databases as text: written by whoever plants a site, and read into new, empty ones."""

from __future__ import annotations

import gzip
import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests import postgres

BEFORE = Path(__file__).with_name("before")
"""Where the site of before is kept."""


def write_dump(into: Path) -> None:
    """Write the text of the default database."""
    is_file = connection.vendor == "sqlite"
    text = _sqlite_text() if is_file else _postgres_text(connection.settings_dict)
    # Without a date, so that the same rows make the same file.
    into.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _sqlite_text() -> str:
    connection.ensure_connection()
    return "\n".join(connection.connection.iterdump()) + "\n"


def _postgres_text(database: dict[str, Any]) -> str:
    program = postgres._binaries() / "pg_dump"
    asked = ["--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=50"]
    place = ["-h", database["HOST"], "-U", "signoff", database["NAME"]]
    said = subprocess.run([program, *asked, *place], check=True, capture_output=True, text=True)
    # Newer versions of pg_dump put two commands of psql around it, which the server does not know.
    return re.sub(r"(?m)^\\(un)?restrict .*\n", "", said.stdout)


def read_dump(file: Path, name: str) -> None:
    """Fill the new, empty database of this name, on the server of the default connection."""
    text = gzip.decompress(file.read_bytes()).decode()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name)) as line:
            line.executescript(text)
        return
    database = connection.settings_dict
    with psycopg.connect(
        host=database["HOST"], user=database["USER"], dbname=name, autocommit=True
    ) as line:
        # Without parameters the server takes many statements at once.
        line.execute(text.encode())


def name_for(what: str, folder: Path) -> str:
    """Name a database of this process: a file, or one of the server that other processes share."""
    is_file = connection.vendor == "sqlite"
    return str(folder / f"{what}.sqlite3") if is_file else f"upgrade_{os.getpid()}_{what}"


def make_database(name: str, *, like: str | None = None) -> None:
    """Make a database, empty or the copy of another one that nobody uses now."""
    if connection.vendor == "sqlite":
        Path(name).write_bytes(Path(like).read_bytes() if like else b"")
        return
    template = f' TEMPLATE "{like}"' if like else ""
    _at_the_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _at_the_server(f'CREATE DATABASE "{name}"{template}')


def drop_database(name: str) -> None:
    """Take a database away, whoever still has a line to it."""
    if connection.vendor == "sqlite":
        for file in Path(name).parent.glob(f"{Path(name).name}*"):
            file.unlink()
    else:
        _at_the_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _at_the_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def address_of(name: str) -> str:
    """Give the DATABASE_URL of a database of this name."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    host = quote(str(connection.settings_dict["HOST"]), safe="")
    return f"postgres://signoff@/{name}?host={host}"


@contextmanager
def at_database(name: str) -> Iterator[None]:
    """Let the default connection lead to another database within the block."""
    usual = connection.settings_dict["NAME"]
    _lead_to(name)
    try:
        yield
    finally:
        _lead_to(usual)


def _lead_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    # Each database numbers its content types in its own way.
    ContentType.objects.clear_cache()

"""Faults of PostgreSQL: lines cut, the server killed, silent, forgetful, or only to be read."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import psycopg
from django.db import connections

from tests import postgres
from tests.chaos.database_faults.proxy import Proxy
from tests.chaos.faults import Arena, Fault

OTHERS: Final = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ILIKE %s
"""
ALL, LISTENERS = "%", "LISTEN%"
"""What the last statement of a session looks like."""


class OfPostgreSQL(Fault):
    """Strikes only there."""

    def applies_to(self, arena: Arena) -> bool:
        return arena.vendor == "postgresql"


class CutLines(OfPostgreSQL):
    """Ends all connections to the database at once, as a switch that is replaced."""

    name = "cut every line"

    def strike(self, arena: Arena) -> None:
        cut(arena.database_url, ALL)


class CutListeners(OfPostgreSQL):
    """Ends the connections on which processes listen for wake-ups."""

    name = "cut the listeners' lines"

    def strike(self, arena: Arena) -> None:
        cut(arena.database_url, LISTENERS)


class CutOneLine(OfPostgreSQL):
    """Ends one connection, whatever it is doing."""

    name = "cut one line"
    weight = 2.0

    def strike(self, arena: Arena) -> None:
        with _asking(arena.database_url) as asking:
            found = asking.execute(OTHERS, [ALL]).fetchall()
            if found:
                asking.execute("SELECT pg_terminate_backend(%s)", arena.rng.choice(found))


class KillServer(OfPostgreSQL):
    """Ends the server without a goodbye, and starts it again a little later."""

    name = "kill the database server"
    weight = 0.5
    interrupts_all = True

    def applies_to(self, arena: Arena) -> bool:
        return super().applies_to(arena) and arena.owns_server and postgres.of_this_run is not None

    def prepare(self, arena: Arena) -> None:
        if self.applies_to(arena):
            keep_commits(arena.database_url)

    def strike(self, arena: Arena) -> None:
        server = postgres.of_this_run
        assert server is not None
        server.kill()
        time.sleep(arena.rng.uniform(0.2, 4))
        server.start_again()


class ReadOnly(OfPostgreSQL):
    """Lets the server refuse all writes for a while, as a standby does until it takes over."""

    name = "only to be read"
    weight = 0.5
    interrupts_all = True

    def applies_to(self, arena: Arena) -> bool:
        return super().applies_to(arena) and arena.owns_server

    def strike(self, arena: Arena) -> None:
        with only_to_be_read(arena.database_url):
            time.sleep(arena.rng.uniform(0.5, 4))


class Line:
    """The proxy between the site and the server, which several faults share."""

    def __init__(self) -> None:
        self._proxy: Proxy | None = None

    @property
    def proxy(self) -> Proxy:
        """The proxy, once there is one."""
        assert self._proxy is not None
        return self._proxy

    def lay(self, arena: Arena) -> None:
        """Have the site's processes, from now on, reach the server through a proxy."""
        if self._proxy is None:
            self._proxy = Proxy(socket_of(arena.database_url))
            arena.environment["DATABASE_URL"] = through(self._proxy, arena.database_url)

    def close(self) -> None:
        """End the proxy."""
        if self._proxy is not None:
            self._proxy.close()
            self._proxy = None


class Silence(OfPostgreSQL):
    """Lets the network swallow everything for longer than a lease, and deliver it then."""

    name = "silence on the line"
    weight = 0.5
    interrupts_all = True
    forgets = False

    def __init__(self, line: Line) -> None:
        self._line = line

    def prepare(self, arena: Arena) -> None:
        if self.applies_to(arena):
            self._line.lay(arena)

    def strike(self, arena: Arena) -> None:
        self._line.proxy.fall_silent()
        time.sleep(arena.rng.uniform(1, 7))
        self._line.proxy.open(forgets=self.forgets)

    def clear_up(self, arena: Arena) -> None:
        self._line.close()


class Oblivion(Silence):
    """The same, but the network has forgotten the connections of before, and what they said."""

    name = "silence, and lines forgotten"
    forgets = True


def through(proxy: Proxy, address: str) -> str:
    """Give the address by which the same database is reached through the proxy."""
    return f"postgres://signoff@127.0.0.1:{proxy.port}{urlsplit(address).path}"


def socket_of(address: str) -> Path:
    """Give the unix socket that an address leads to."""
    return Path(dict(parse_qsl(urlsplit(address).query))["host"]) / ".s.PGSQL.5432"


def cut(address: str, whose: str) -> int:
    """End the other connections whose last statement looks like this; give how many there were."""
    with _asking(address) as asking:
        found = asking.execute(OTHERS, [whose]).fetchall()
        for pid in found:
            asking.execute("SELECT pg_terminate_backend(%s)", pid)
    return len(found)


def keep_commits(address: str) -> None:
    """Have commits outlive the server, also where the tests' server is told to be quick.

    A database's own setting wins over the server's, in sessions that begin from now on.
    """
    with _asking(address) as asking:
        name = asking.info.dbname
        asking.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = on'.encode())
    connections.close_all()


@contextlib.contextmanager
def only_to_be_read(address: str) -> Iterator[None]:
    """Have the server refuse writes in transactions that begin within the block."""
    with _asking(address) as asking:
        asking.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        asking.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        with _asking(address) as asking:
            asking.execute("SET default_transaction_read_only = off")
            asking.execute("ALTER SYSTEM RESET default_transaction_read_only")
            asking.execute("SELECT pg_reload_conf()")


@contextlib.contextmanager
def _asking(address: str) -> Iterator[psycopg.Connection]:
    asking = psycopg.connect(address, autocommit=True)
    try:
        yield asking
    finally:
        asking.close()

"""A fresh site for one measurement: an empty, durable database and Django set up on it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import psutil

from tests import postgres

ROOT: Final = Path(__file__).resolve().parents[2]
SERVER: Final = {
    "listen_addresses": "",
    "max_connections": "100",
    "timezone": "UTC",
    # The data are safe at every commit, as they are by default; only the checkpoints wait.
    "fsync": "on",
    "synchronous_commit": "on",
    "max_wal_size": "8GB",
}


@dataclass(frozen=True)
class Site:
    """Where the site is, and which process serves its database, if there is one."""

    folder: Path
    database: str
    address: str
    """A file, or what psycopg connects to."""

    server: psutil.Process | None
    server_log: Path | None

    @property
    def statements(self) -> Path:
        """Where processes write down their statements if they are told to."""
        return self.folder / "statements"

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment for `manage.py` on this site."""
        url = f"sqlite:///{self.address}" if self.database == "sqlite" else self.address
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": url,
            "SECRET_KEY": "a benchmark protects nothing",
            "DEBUG": "0",
            "HTTPS": "0",
            "LOG_LEVEL": "WARNING",
            **more,
        }


@contextmanager
def opened(database: str, settings: Mapping[str, str]) -> Iterator[Site]:
    """Make a site, and set up Django in this process to work on it; once in a process."""
    with tempfile.TemporaryDirectory(prefix="signoff-benchmark-") as folder:
        if database == "postgresql":
            address = postgres.start(SERVER)
            [base] = parse_qs(urlsplit(address).query)["host"]
            number = Path(base, "data", "postmaster.pid").read_text().split()[0]
            site = Site(
                Path(folder), database, address, psutil.Process(int(number)), Path(base, "log")
            )
        else:
            site = Site(Path(folder), database, f"{folder}/site.sqlite3", None, None)
        os.environ.update(site.environment(**settings))
        _set_up()
        yield site


def _set_up() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

"""Wake whoever waits for work, once a transaction has left some.

A wake-up is a hint and nothing more: it may be lost, doubled or late, because whoever waits also
looks at the database when the next execution falls due and every few seconds.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import logging
import os
import socket
import stat
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection, transaction

CHANNEL: Final = "signoff_work"
"""PostgreSQL's channels belong to one database, so that the name need not say which."""

LOOKS_EVERY: Final = timedelta(seconds=5)
"""How often the workers look for due work without being woken, in case a wake-up was lost."""

logger = logging.getLogger("workflows")


class Listener(Protocol):
    """Waits for wake-ups; belongs to the process and thread that made it."""

    def wait(self, seconds: float) -> bool:
        """Wait at most that long; tell whether a wake-up came.

        Raises OSError or one of Django's database errors when the line is broken.
        """

    def close(self) -> None:
        """Stop listening."""


def listener() -> Listener:
    """Start to listen on the site's database; raises like `wait` if it cannot."""
    return _Notifications() if connection.vendor == "postgresql" else _Datagrams()


def send() -> None:
    """Wake every listener; outside a transaction, as NOTIFY would hold a lock over the commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
    else:
        _send_datagrams(_folder())


def wake_later() -> None:
    """Wake the workers once this transaction has committed; once, however often it is called."""
    if not any(function is wake for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(wake)


def wake_before(due_at: datetime, now: datetime) -> None:
    """Wake the workers after this transaction if `due_at` comes before they look by themselves."""
    if due_at - now < LOOKS_EVERY + timedelta(seconds=1):
        wake_later()


def wake() -> None:
    """Wake the workers now; what cannot be sent is logged, as the work is safe without it."""
    try:
        send()
    except (OSError, Error, ImproperlyConfigured) as error:
        logger.warning("Workers could not be woken and will look by themselves: %s", error)


class _Notifications:
    """LISTEN on a connection of its own, which Django neither shares nor closes."""

    def __init__(self) -> None:
        import psycopg  # Not installed where SQLite is enough.

        with connection.wrap_database_errors:
            parameters = connection.get_connection_params()
            self._connection = psycopg.connect(**parameters, autocommit=True)
            self._connection.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float) -> bool:
        with connection.wrap_database_errors:
            return any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))

    def close(self) -> None:
        self._connection.close()


class _Datagrams:
    """A socket in a folder that belongs to one database file and one user."""

    _numbers = itertools.count()

    def __init__(self) -> None:
        self._path = _folder() / f"{os.getpid()}-{next(self._numbers)}"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._path.unlink(missing_ok=True)
        self._socket.bind(str(self._path))

    def wait(self, seconds: float) -> bool:
        self._socket.settimeout(max(seconds, 0.001))
        with contextlib.suppress(TimeoutError):
            self._socket.recv(1)
            self._drain()
            return True
        return False

    def _drain(self) -> None:
        """One look at the database answers all wake-ups that have come so far."""
        self._socket.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                self._socket.recv(1)

    def close(self) -> None:
        self._socket.close()
        self._path.unlink(missing_ok=True)


def _send_datagrams(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        for path in folder.iterdir():
            try:
                sender.sendto(b"1", str(path))
            except (ConnectionRefusedError, FileNotFoundError):
                path.unlink(missing_ok=True)  # Its listener has died.
            except BlockingIOError:
                continue  # Its buffer is full of wake-ups that it has yet to read.


def _folder() -> Path:
    """Give the folder of this database's sockets; short, as their paths have at most 107 bytes."""
    name = os.path.realpath(str(connection.settings_dict["NAME"]))
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"signoff-{os.getuid()}-{digest}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise ImproperlyConfigured(
            f"{folder} belongs to somebody else or is open to others. Remove it, or set TMPDIR to "
            "a folder of your own."
        )
    return folder

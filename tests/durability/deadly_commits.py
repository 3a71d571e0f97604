"""A death right after a decision is committed: before anybody is woken, or told."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

VARIABLE: Final = "DIES_AFTER_DECISION"
"""Names a file in the environment of the processes: whoever takes it away dies."""

DECIDES: Final = 'UPDATE "workflows_humantask"'


def obey() -> None:
    """Have the connections of this process, and of its forks, be deadly where it is told so."""
    if VARIABLE in os.environ:
        connection_created.connect(_arm, dispatch_uid="deadly commits")


def _arm(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if "_commit" not in vars(connection):
        Deadly(connection)


class Deadly:
    """Watches one connection for a decision and its commit."""

    def __init__(self, connection: Any) -> None:
        self._commit = connection._commit
        self._decides = False
        connection.execute_wrappers.append(self._execute)
        connection._commit = self._commit_and_die

    def _execute(self, go_on: Callable[..., Any], statement: str, *rest: Any) -> Any:
        self._decides = self._decides or statement.startswith(DECIDES)
        return go_on(statement, *rest)

    def _commit_and_die(self) -> None:
        self._commit()
        if self._decides and _taken(Path(os.environ[VARIABLE])):
            os.kill(os.getpid(), signal.SIGKILL)
        self._decides = False


def _taken(file: Path) -> bool:
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True

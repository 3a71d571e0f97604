"""The app: writes down every statement when STATEMENTS names a file for them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from tests.durability import deadly_commits
from tests.durability.scenarios import versions
from tests.durability.scenarios.definitions import ALL
from workflows import register


class ScenariosConfig(AppConfig):
    """Tests' workflows."""

    name = "tests.durability.scenarios"

    def ready(self) -> None:
        """Register the workflows, and watch every connection of this process and of its forks."""
        for definition in (*ALL, *versions.here()):
            register(definition)
        if "STATEMENTS" in os.environ:
            connection_created.connect(watch, dispatch_uid="statements")
        deadly_commits.obey()


def watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Have the statements of a new connection written down."""
    if write_down not in connection.execute_wrappers:
        connection.execute_wrappers.append(write_down)


def write_down(execute: Callable[..., Any], statement: str, *rest: Any) -> Any:
    """Append one line, in one write, as many processes do."""
    line = f"{time.time():.3f} {os.getpid()} {' '.join(str(statement).split())}\n"
    file = os.open(os.environ["STATEMENTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(file, line.encode())
    os.close(file)
    return execute(statement, *rest)

"""Faults of the engine itself, planted on purpose: what looks for them must find them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

from django.db import connections, transaction

from tests.chaos.steps import folder
from workflows import wakeups

VARIABLE: Final = "CHAOS_PLANT"
"""Names the plant in the environment of the processes that are to have it."""

GO_ON: Final = "go-on"
"""The file for which a late insertion waits."""


def skip_fence() -> None:
    """Accept whatever is reported, and let nobody know that they have lost their lease."""
    from workflows.engine.queue import claims
    from workflows.engine.run import finish

    renew = claims.renew

    def renew_all(worker_id: str, held: Any, until: Any) -> set[int]:
        renew(worker_id, held, until)
        return set(held)

    def is_running(transition: Any, row: Any, fence: int) -> bool:
        return bool(row.status == "running")

    vars(claims)["renew"] = renew_all
    replace(vars(finish), "_is_held", is_running)


def skip_renewal() -> None:
    """Let every lease run out."""
    from workflows.worker.heartbeat import Pulse

    def renew_nothing(pulse: Pulse) -> None:
        return None

    if not callable(getattr(Pulse, "_renew", None)):
        raise LookupError("The pulse renews leases by another method now.")
    Pulse._renew = renew_nothing  # type: ignore[method-assign, assignment]


def enqueue_late() -> None:
    """Insert what follows after the commit, and take a long while for it."""
    from workflows.engine.store.bulk import Inserts

    insert = Inserts.write_numbered

    def insert_late(rows: Inserts) -> None:
        if rows.rows:
            transaction.on_commit(lambda: wait_and_insert(rows))

    def wait_and_insert(rows: Inserts) -> None:
        while not (folder() / GO_ON).exists():
            time.sleep(0.01)
        insert(rows)

    Inserts.write_numbered = insert_late  # type: ignore[method-assign, assignment]


def wake_early() -> None:
    """Wake the workers before the commit."""
    vars(wakeups)["transaction"] = SimpleNamespace(on_commit=at_once)


def at_once(wake: Callable[[], None]) -> None:
    """Wake on another connection: a NOTIFY on this one would wait for the commit by itself."""

    def wake_and_leave() -> None:
        wake()
        connections.close_all()

    thread = threading.Thread(target=wake_and_leave)
    thread.start()
    thread.join()


def replace(names: dict[str, Any], name: str, planted: Any) -> None:
    """Put the plant in the place of a function, which must be there still."""
    if name not in names:
        raise LookupError(f"There is no {name} any more: plant elsewhere.")
    names[name] = planted


PLANTS: Final = {
    plant.__name__: plant for plant in (skip_fence, skip_renewal, enqueue_late, wake_early)
}


def plant_as_told() -> None:
    """Plant what the environment of this process says."""
    if name := os.environ.get(VARIABLE):
        PLANTS[name]()

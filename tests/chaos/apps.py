"""The app: registers the workflows, and lets every run of a step know its fence."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.apps import AppConfig

from tests.chaos import ledger
from tests.chaos.ledger import append
from tests.chaos.workload import ALL
from workflows import register

ROLES: Final = "CHAOS_ROLES"
"""Names the file of the processes' roles in their environment."""


class ChaosConfig(AppConfig):
    """Workflows to strike."""

    name = "tests.chaos"
    label = "chaos"

    def ready(self) -> None:
        """Register the workflows, and do what only this process is to do."""
        from tests.chaos.plants import plant_as_told

        for definition in ALL:
            register(definition)
        tell_fences()
        plant_as_told()
        if ROLES in os.environ:
            tell_roles(Path(os.environ[ROLES]))


def tell_fences() -> None:
    """Wrap what runs executions: authors' code need not know about fences, the ledger must."""
    from workflows import worker
    from workflows.engine.run import perform as running

    perform = running.perform

    async def perform_knowing_fence(work: Any, *rest: Any) -> Any:
        ledger.fence.set(work.fence)
        ledger.leased_at.set(lease_began_at(work.execution.lease_until))
        return await perform(work, *rest)

    users = [
        module
        for name, module in sys.modules.items()
        if name.startswith(worker.__name__) and vars(module).get("perform") is perform
    ]
    if not users:
        raise RuntimeError("No module of the worker runs executions: wrap what does so now.")
    for module in users:
        vars(module)["perform"] = perform_knowing_fence


def lease_began_at(until: datetime | None) -> float:
    """Give the moment, on the ledger's clock, at which a lease until then was taken."""
    from workflows.worker.options import Options

    if until is None:
        return ledger.now()
    # The true time of this machine, whatever this process takes for it.
    left = until.timestamp() - time.clock_gettime(time.CLOCK_REALTIME)
    return ledger.now() + left - Options.of_site().lease.total_seconds()


def tell_roles(file: Path) -> None:
    """Have the children of django-q2's sentinel write down which of them is which."""
    from django_q import cluster

    for role in ("worker", "pusher", "monitor"):
        vars(cluster)[role] = telling(role, vars(cluster)[role], file)


def telling(role: str, run: Callable[..., Any], file: Path) -> Callable[..., Any]:
    """Wrap the main function of a process: it says its role first."""

    def tell_and_run(*arguments: Any) -> Any:
        append(file, f"{os.getpid()} {role}")
        return run(*arguments)

    return tell_and_run

"""What the worker calls: django-q2 knows these functions by their dotted names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from workflows import worker
from workflows.engine.maintenance import cleanup
from workflows.engine.maintenance import reconcile as reconciliation
from workflows.engine.queue import concurrency
from workflows.worker import outages
from workflows.worker.options import Options


def drain(ticket: int | None = None) -> None:
    """Run every execution that is due; `ticket` is the broker's."""
    with _as_far_as_the_database_lets():
        worker.drain(ticket)


def reconcile() -> None:
    """Mend what no fault should ever have left."""
    with _as_far_as_the_database_lets():
        reconciliation.reconcile()
        concurrency.give_free_places(Options.of_site().lease)


def sweep() -> None:
    """Take away files that nobody submitted."""
    with _as_far_as_the_database_lets():
        cleanup.sweep()


@contextmanager
def _as_far_as_the_database_lets() -> Iterator[None]:
    """End the job in an outage without a failure to be stored: the next one is soon to come."""
    try:
        yield
    except outages.LOST as error:
        outages.database.goes_on(error)
        connections.close_all()
    else:
        outages.database.is_over()

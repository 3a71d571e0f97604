"""What the worker calls: django-q2 knows these functions by their dotted names."""

from __future__ import annotations

from workflows import worker
from workflows.engine import reconcile as reconciliation


def drain(ticket: int | None = None) -> None:
    """Run every execution that is due; `ticket` is the broker's."""
    worker.drain(ticket)


def reconcile() -> None:
    """Mend what no fault should ever have left."""
    reconciliation.reconcile()

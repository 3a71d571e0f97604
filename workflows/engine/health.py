"""Whether work that is due is being done."""

from __future__ import annotations

from datetime import timedelta

from workflows.engine.claims import next_due
from workflows.engine.clock import now
from workflows.models.workers import Worker

PATIENCE = timedelta(seconds=60)
HEARTBEAT_LASTS = timedelta(seconds=30)


def worker_lives() -> bool:
    """Whether any worker has sent a heartbeat lately."""
    return Worker.objects.filter(heartbeat_at__gt=now() - HEARTBEAT_LASTS).exists()


def work_is_stalled() -> bool:
    """Whether work has been due for more than a minute and no worker lives."""
    if worker_lives():
        return False
    due = next_due()
    return due is not None and due < now() - PATIENCE

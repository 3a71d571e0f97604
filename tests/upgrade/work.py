"""What workers have left in the planted site: one was killed at its work, and jobs wait in line."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.models import F
from django_q.tasks import async_task

from tests.durability.processes import Program, wait_for
from tests.upgrade import jobs
from tests.upgrade.apps import WITHOUT_LOST
from tests.upgrade.rows import LONG_AGO, Site
from tests.upgrade.steps import HOLD
from workflows.jobs import reconcile
from workflows.models import Permit, StepExecution, StoredDefinition, Worker

ENGINE = ("workflows.jobs.drain", "workflows.jobs.reconcile", "workflows.jobs.sweep")
"""What the engine's own jobs are called in the queue, and in schedules."""


def stop_in_the_middle(site: Site, folder: Path) -> None:
    """Kill a worker that runs a step while another waits for its place.

    Before that it lets a request be found whose code it does not have.
    """
    for case in ("at the gate", "behind the gate"):
        site.start(case, "upgrade_gate")
    site.done("lost")
    connection.close()
    environment = {**os.environ, HOLD: "1", WITHOUT_LOST: "1"}
    worker = Program(environment, folder / "work.log", "work")
    try:
        wait_for(lambda: Permit.objects.count() == 2, means=worker.said)
        wait_for(lambda: StepExecution.objects.filter(status="running").count() == 1)
        # A version is missed once it has been known for a minute.
        StoredDefinition.objects.update(created_at=F("created_at") - timedelta(hours=1))
        reconcile()
    finally:
        worker.kill()
    # It was killed a moment ago. Whoever looks at the site finds that it was long ago.
    StepExecution.objects.filter(status="running").update(lease_until=LONG_AGO)
    Permit.objects.filter(place__isnull=False).update(until=LONG_AGO)
    Worker.objects.update(heartbeat_at=LONG_AGO)


def queue_jobs(site: Site) -> None:
    """Queue the engine's jobs, and the site's own, by their names and as functions.

    Django-q2 is to keep their results, so that it can be told how often each was run.
    """
    for name in ENGINE:
        async_task(name, task_name=name, save=True)
    async_task(reconcile, task_name="as a function", save=True)
    async_task("tests.upgrade.jobs.note", "by name", task_name="own", save=True)
    async_task(jobs.note, "as a function", task_name="own function", save=True)
    row = site.requests["pending"]
    async_task(jobs.note_row, row, task_name="own row", save=True)

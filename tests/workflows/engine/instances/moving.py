"""Instances of the workflow `moving` that wait on version 1 and move to another one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.workflows.definitions import Note
from workflows import Edge, Step, TimerStep, WorkflowDefinition, engine
from workflows.engine.instances.migration_plan import Migration
from workflows.models import StepExecution, WorkflowInstance
from workflows.testing import drain, registered

LATER = timedelta(days=30)


class Pause(TimerStep):
    """Sleeps for a week."""

    delay = timedelta(days=7)


def version(number: str, *edges: tuple[str, str], **steps: Step) -> WorkflowDefinition:
    """Make a version of the workflow `moving`; what only an edge names is a Note."""
    keys = dict.fromkeys(key for ends in edges for key in ends)
    found = {key: steps.get(key) or Note() for key in [*keys, *(k for k in steps if k not in keys)]}
    ways = [Edge(*ends) for ends in edges]
    first = "fork" if "fork" in found else ""
    return WorkflowDefinition(
        name="moving", version=number, steps=found, edges=ways, initial_step=first
    )


@contextmanager
def waiting_on(old: WorkflowDefinition, **data: Any) -> Iterator[WorkflowInstance]:
    """Give an instance that waits on the old version, whose code is gone within the block."""
    with registered(old):
        instance = engine.start_workflow("moving", initial_data=data)
        drain()
    instance.refresh_from_db()
    yield instance


def migrate(new: WorkflowDefinition, dry_run: bool = False, **more: Any) -> Migration:
    """Move the one instance from version 1 to this one, in whose code it goes on."""
    (answer,) = engine.migrate_instances("moving", "1", new.version, dry_run=dry_run, **more)
    return answer


def at(instance: WorkflowInstance) -> dict[str, str]:
    """Give the active steps with their states."""
    active = StepExecution.objects.filter(instance=instance).active().order_by("id")
    return {row.path: str(row.status) for row in active}


def end(instance: WorkflowInstance) -> WorkflowInstance:
    """Run everything that is due within a month."""
    drain(now=timezone.now() + LATER)
    instance.refresh_from_db()
    return instance

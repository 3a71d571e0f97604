"""Rows for tests that need executions without running a workflow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from workflows.models import StepExecution, StoredDefinition, WorkflowInstance

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def a_definition(workflow: str = "expense", version: str = "1") -> StoredDefinition:
    """Store a version of a workflow that no code stands behind, as if long ago."""
    row, made = StoredDefinition.objects.get_or_create(
        workflow=workflow, version=version, defaults={"fingerprint": "0", "content": {}}
    )
    if made:
        StoredDefinition.objects.filter(pk=row.pk).update(created_at=NOON)
    return row


def an_instance(definition: StoredDefinition | None = None, **fields: Any) -> WorkflowInstance:
    """Store an instance that runs."""
    definition = definition or a_definition()
    chosen = {"status": "running", "created_at": NOON, "changed_at": NOON, **fields}
    return WorkflowInstance.objects.create(
        definition=definition, workflow=definition.workflow, **chosen
    )


def an_execution(instance: WorkflowInstance | None = None, **fields: Any) -> StepExecution:
    """Store an execution: ready unless `fields` say otherwise."""
    instance = instance or an_instance()
    visit = 1 + StepExecution.objects.filter(instance=instance).count()
    chosen = {"path": "submit", "kind": "machine", "created_at": NOON, "visit": visit, **fields}
    return StepExecution.objects.create(
        instance=instance, definition_id=instance.definition_id, **chosen
    )


def a_scheduled(due_at: datetime, **fields: Any) -> StepExecution:
    """Store an execution that sleeps until then."""
    return an_execution(status="scheduled", due_at=due_at, **fields)


def a_running(lease_until: datetime, **fields: Any) -> StepExecution:
    """Store an execution that a worker called `other` has leased until then."""
    chosen: dict[str, Any] = {"fence": 1, "lease_owner": "other", "started_at": NOON, **fields}
    return an_execution(status="running", lease_until=lease_until, **chosen)


MINUTE = timedelta(minutes=1)

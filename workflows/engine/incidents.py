"""Incidents: opened when something needs an administrator, resolved when it has moved on."""

from __future__ import annotations

from workflows.engine.transition import Transition
from workflows.models.incidents import Incident, IncidentKind

REMEDIES = {
    IncidentKind.FAILED: "Mend the cause, then retry the instance.",
    IncidentKind.NOBODY: "Reassign the task, or put an active person into its groups.",
    IncidentKind.BLOCKED: "Deploy the code of this version again, or cancel the instance.",
}


def open_incident(
    transition: Transition,
    execution_id: int,
    path: str,
    cause: str,
    kind: IncidentKind = IncidentKind.FAILED,
) -> None:
    """Tell administrators about an execution; once per execution and kind."""
    Incident.objects.get_or_create(
        execution_id=execution_id,
        kind=kind,
        resolved_at=None,
        defaults={
            "instance": transition.instance,
            "cause": f"{path}: {cause}",
            "remedy": REMEDIES[kind],
            "opened_at": transition.at,
        },
    )


def resolve_incidents(transition: Transition, *, execution_id: int | None = None) -> None:
    """Close the open incidents of an instance, or of one of its executions."""
    found = Incident.objects.filter(instance=transition.instance, resolved_at=None)
    if execution_id is not None:
        found = found.filter(execution_id=execution_id)
    found.update(resolved_at=transition.at)

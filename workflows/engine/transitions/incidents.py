"""Incidents: opened when something needs an administrator, resolved when it has moved on."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.engine.transitions.transition import Transition
from workflows.models.incidents import Incident, IncidentKind

REMEDIES = {
    IncidentKind.FAILED: "Mend the cause, then retry the instance.",
    IncidentKind.NOBODY: "Reassign the task, or put an active person into its groups.",
    IncidentKind.CHILD: "Retry the sub-workflow's own instance, or cancel it to fail this step.",
    IncidentKind.BLOCKED: (
        "Deploy the code of this version again, move the instance to another version, or cancel it."
    ),
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


def resolve_incidents(transition: Transition, execution_ids: Iterable[int]) -> None:
    """Close the open incidents of executions that have moved on."""
    Incident.objects.filter(execution_id__in=list(execution_ids), resolved_at=None).update(
        resolved_at=transition.at
    )

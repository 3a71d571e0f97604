"""The line on the admin's first page that says whether anything needs a person."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from workflows.admin.scope import within_scope
from workflows.engine import queries
from workflows.models import Incident, InstanceStatus, WorkflowInstance

register = template.Library()
MOST = 999
"""What is counted: more is said as "999+", so that the page costs the same on any table."""
SEEN_BY = ("view", "administer")


@register.inclusion_tag("admin/workflows/health.html", takes_context=True)
def workflow_health(context: dict[str, Any]) -> dict[str, Any]:
    """Count open incidents and failed instances in the person's scope, and look for workers."""
    request: HttpRequest = context["request"]
    user: Any = request.user
    incidents = within_scope(
        Incident.objects.filter(resolved_at=None),
        user,
        workflow_field="instance__workflow",
        roles=SEEN_BY,
    )
    failed = within_scope(
        WorkflowInstance.objects.filter(status=InstanceStatus.FAILED),
        user,
        workflow_field="workflow",
        roles=SEEN_BY,
    )
    may_see = {
        name: user.has_perm(f"workflows.view_{name}")
        for name in ("incident", "workflowinstance", "worker")
    }
    return {
        "may_see": may_see,
        "incidents": _counted(incidents) if may_see["incident"] else None,
        "failed": _counted(failed) if may_see["workflowinstance"] else None,
        "worker_lives": queries.worker_lives() if may_see["worker"] else None,
    }


def _counted(rows: Any) -> str:
    count = rows.order_by()[: MOST + 1].count()
    return f"{MOST}+" if count > MOST else str(count)

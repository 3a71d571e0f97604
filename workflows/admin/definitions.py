"""Versions of workflows, as they are remembered: whose code is missing, and who waits for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflows.admin.filters import StuckFilter, WorkflowFilter
from workflows.admin.reading import ReadOnlyAdmin
from workflows.admin.showing import pretty_json
from workflows.engine import queries
from workflows.engine.definitions.stored import code_of
from workflows.exceptions import WorkflowError
from workflows.models import Incident, IncidentKind, StoredDefinition, WorkflowInstance
from workflows.models.instances import LIVE

MOST = 1_000
"""What is counted: more is said as "1000+", so that the page costs the same on any table."""


@admin.register(StoredDefinition)
class DefinitionAdmin(ReadOnlyAdmin):
    """Which versions there are, who has their code, and how many requests need it."""

    workflow_field = "workflow"
    list_display = (
        *("workflow", "version", "has_code", "has_worker"),
        *("is_needed", "blocked", "created_at"),
    )
    list_filter = (StuckFilter, WorkflowFilter)
    search_fields = ("workflow", "version")
    ordering = ("workflow", "-id")
    fields = (
        *(("workflow", "version"), "state", ("has_code", "has_worker"), ("live", "blocked")),
        *("fingerprint", "created_at", "shown_content"),
    )
    list_defer = ("content",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        live = WorkflowInstance.objects.filter(definition=OuterRef("pk"), status__in=LIVE)
        waiting = Incident.objects.filter(
            kind=IncidentKind.BLOCKED, resolved_at=None, instance__definition=OuterRef("pk")
        ).order_by()
        counted = waiting.values("instance__definition").annotate(
            n=Count("instance", distinct=True)
        )
        runs = Case(When(pk__in=queries.code_of_workers(), then=True), default=False)
        rows: QuerySet[Any] = (
            super()
            .get_queryset(request)
            .annotate(runs=runs, needed=Exists(live), waiting=Subquery(counted.values("n")))
        )
        return rows

    @admin.display(description=_("code is here"), boolean=True)
    def has_code(self, row: StoredDefinition) -> bool:
        """Whether this very graph is registered in the web server's process."""
        return not _why_no_code(row)

    @admin.display(description=_("a worker has it"), boolean=True)
    def has_worker(self, row: Any) -> bool:
        """Whether a living worker can run it."""
        return bool(row.runs)

    @admin.display(description=_("requests need it"))
    def is_needed(self, row: Any) -> str:
        """Whether any request that has not ended is on it."""
        return gettext("Yes") if row.needed else gettext("No")

    @admin.display(description=_("requests that need it"))
    def live(self, row: StoredDefinition) -> str:
        """Count the requests that have not ended."""
        live = WorkflowInstance.objects.filter(definition=row, status__in=LIVE)
        count = live[: MOST + 1].count()
        return f"{MOST}+" if count > MOST else str(count)

    @admin.display(description=_("requests waiting for its code"))
    def blocked(self, row: Any) -> int:
        """Count the requests with work that nobody can do."""
        return row.waiting or 0

    @admin.display(description=_("state"))
    def state(self, row: Any) -> str:
        """Say whether it can run, and if not, why and what helps."""
        if row.runs:
            return gettext("A worker can run it.")
        if not row.needed:
            return gettext("No worker has its code, and no request needs it.")
        return gettext(
            "No worker can run it. %(why)s Requests whose work is due wait until its code is "
            "deployed again, or until they are moved to another version."
        ) % {"why": _why_no_code(row)}

    @admin.display(description=_("content"))
    def shown_content(self, row: StoredDefinition) -> str:
        """Give graph, schemas and texts to read."""
        return pretty_json(row.content)

    def tools_for(self, request: HttpRequest, row: StoredDefinition) -> list[tuple[str, str]]:
        requests = reverse("admin:workflows_workflowinstance_changelist")
        of_it = {"workflow": row.workflow, "version": row.version}
        return [
            (f"{requests}?{urlencode(of_it)}", gettext("Its requests")),
            (
                f"{requests}?{urlencode({**of_it, 'blocked': 'yes'})}",
                gettext("Requests waiting for its code"),
            ),
        ]


def _why_no_code(row: StoredDefinition) -> str:
    try:
        code_of(row)
    except WorkflowError as error:
        return str(error)
    return ""

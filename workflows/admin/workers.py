"""Workers: which processes do the work, and whether they live."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from workflows.admin.filters import AliveFilter
from workflows.admin.reading import ReadOnlyAdmin
from workflows.engine.queries.health import HEARTBEAT_LASTS
from workflows.engine.store.clock import now
from workflows.models import StoredDefinition, Worker


@admin.register(Worker)
class WorkerAdmin(ReadOnlyAdmin):
    """Who works, where, since when."""

    workflow_field = ""
    list_display = ("id", "is_alive", "host", "pid", "started_at", "heartbeat_at", "versions")
    list_filter = (AliveFilter, "host")
    search_fields = ("id", "host")
    ordering = ("-heartbeat_at",)
    fields = ("id", "is_alive", "host", "pid", "started_at", "heartbeat_at", "shown_versions")

    @admin.display(description=_("alive"), boolean=True)
    def is_alive(self, row: Worker) -> bool:
        """Whether its heart has beaten lately."""
        return bool(row.heartbeat_at > now() - HEARTBEAT_LASTS)

    @admin.display(description=_("workflow versions"))
    def versions(self, row: Worker) -> int:
        """Count the workflow versions whose code it has."""
        return len(row.definitions)

    @admin.display(description=_("workflow versions"))
    def shown_versions(self, row: Worker) -> str:
        """Name the workflow versions whose code it has."""
        rows: Any = StoredDefinition.objects.filter(pk__in=row.definitions).defer("content")
        return ", ".join(str(definition) for definition in rows.order_by("workflow", "pk"))

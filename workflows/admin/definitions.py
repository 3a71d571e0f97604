"""Versions of workflows, as they are remembered."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from workflows.admin.filters import WorkflowFilter
from workflows.admin.reading import ReadOnlyAdmin
from workflows.admin.showing import pretty_json
from workflows.engine.definitions import code_of
from workflows.exceptions import WorkflowError
from workflows.models import StoredDefinition


@admin.register(StoredDefinition)
class DefinitionAdmin(ReadOnlyAdmin):
    """Which versions there are, and whether this process has their code."""

    workflow_field = "workflow"
    list_display = ("workflow", "version", "has_code", "created_at")
    list_filter = (WorkflowFilter,)
    search_fields = ("workflow", "version")
    ordering = ("workflow", "-id")
    fields = ("workflow", "version", "has_code", "fingerprint", "created_at", "shown_content")
    list_defer = ("content",)

    @admin.display(description=_("code is here"), boolean=True)
    def has_code(self, row: StoredDefinition) -> bool:
        """Whether this very graph is registered in the web server's process."""
        try:
            code_of(row)
        except WorkflowError:
            return False
        return True

    @admin.display(description=_("content"))
    def shown_content(self, row: StoredDefinition) -> str:
        """Give graph, schemas and texts to read."""
        return pretty_json(row.content)

"""Step executions: each visit to a step, and the queue of work."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from workflows.admin.filters import (
    AgeFilter,
    KindFilter,
    OverdueFilter,
    VersionFilter,
    WorkflowFilter,
)
from workflows.admin.reading import HistoryInline, ReadOnlyAdmin
from workflows.admin.showing import admin_link, long_text, moment_of, pretty_json
from workflows.engine import queries
from workflows.models import StepExecution

DUE_AT = staticmethod(moment_of("due_at", _("due at")))


class StepExecutionInline(HistoryInline):
    """The newest visits of one instance to its steps."""

    model = StepExecution
    fields = readonly_fields = (
        *("path", "visit", "kind", "status", "shown_due_at", "attempt", "crashes"),
        *("started_at", "finished_at", "error"),
    )
    shown_due_at = DUE_AT
    defer = ("result",)
    fk_name = "instance"
    verbose_name_plural = _("newest step executions")


@admin.register(StepExecution)
class StepExecutionAdmin(ReadOnlyAdmin):
    """What runs, waits, sleeps and has ended."""

    shown_due_at = DUE_AT
    shown_lease_until = staticmethod(moment_of("lease_until", _("lease until")))
    list_display = (
        *("path", "shown_instance", "kind", "status", "attempt"),
        *(moment_of("due_at", _("due at")), moment_of("started_at", _("started at"))),
    )
    list_select_related = ("instance",)
    list_filter = ("status", KindFilter, OverdueFilter, AgeFilter, WorkflowFilter, VersionFilter)
    id_fields = ("instance_id",)
    search_fields = ("instance__reference__exact",)
    search_hint = _("Reference or id of an instance, in full.")
    ordering = ("-id",)
    list_defer = ("result", "item", "instance__data", "instance__metadata", "instance__visits")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *("shown_instance", ("path", "visit", "scope"), ("kind", "status", "phase")),
                    *(("shown_due_at", "priority"), ("created_at", "started_at", "finished_at")),
                    *("shown_item", "shown_result", "shown_error"),
                )
            },
        ),
        (
            _("Machinery"),
            {
                "fields": (
                    *(("attempt", "crashes"), ("lease_owner", "shown_lease_until", "fence")),
                    *(("pending", "needed", "arrived"), "shown_previous"),
                )
            },
        ),
    )

    @admin.display(description=_("workflow instance"))
    def shown_instance(self, row: StepExecution) -> str:
        """Link to the journey that it is part of."""
        return admin_link("workflowinstance", row.instance)

    @admin.display(description=_("previous"))
    def shown_previous(self, row: StepExecution) -> str:
        """Link to the execution whose result it got."""
        return admin_link("stepexecution", row.previous)

    @admin.display(description=_("item"))
    def shown_item(self, row: StepExecution) -> str:
        """Give what it is for, in a group that runs a step once per item."""
        return pretty_json(row.item) if row.position is not None else "-"

    @admin.display(description=_("result"))
    def shown_result(self, row: StepExecution) -> str:
        """Give the result to read."""
        result = row.result
        if isinstance(result, dict):
            result = queries.without_secrets(row.instance.definition, result)
        return pretty_json(result)

    @admin.display(description=_("error"))
    def shown_error(self, row: StepExecution) -> str:
        """Give the error with its lines kept."""
        return long_text(row.error)

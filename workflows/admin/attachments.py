"""Attachments: which files people have sent, and what they belong to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from workflows.admin.filters import WorkflowFilter
from workflows.admin.reading import ReadOnlyAdmin
from workflows.admin.showing import admin_link, site_address
from workflows.engine import queries
from workflows.exceptions import UnknownAttachment
from workflows.models import Attachment


class BoundFilter(admin.SimpleListFilter):
    """Whether a file was submitted, or waits for its form."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("bound", _("Submitted")), ("parked", _("Not submitted yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "bound":
                return queryset.filter(bound_at__isnull=False)
            case "parked":
                return queryset.filter(bound_at__isnull=True)
            case _:
                return queryset


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    """Who sent which file, when, and with what; files that are not submitted are for superusers."""

    list_display = (
        *("name", "content_type", "shown_size", "uploaded_by", "shown_instance"),
        *("created_at", "bound_at"),
    )
    list_select_related = ("instance", "uploaded_by")
    list_filter = (BoundFilter, WorkflowFilter)
    id_fields = ("id", "instance_id", "task_id")
    search_fields = ("sha256__exact", "name")
    search_hint = _("Id of a file, an instance or a task, its SHA-256, or a part of its name.")
    ordering = ("-id",)
    list_defer = ("instance__data", "instance__metadata", "instance__visits")
    fields = (
        *("id", "name", ("content_type", "shown_size"), "sha256", "shown_place"),
        *("uploaded_by", "form_token", ("shown_instance", "shown_task")),
        ("created_at", "bound_at"),
    )

    @admin.display(description=_("size"))
    def shown_size(self, row: Attachment) -> str:
        """Give the size in words."""
        return filesizeformat(row.size)

    @admin.display(description=_("place in the storage"))
    def shown_place(self, row: Attachment) -> str:
        """Give the path; never a link, which would go round the question of who may see it."""
        return row.file.name or ""

    @admin.display(description=_("workflow instance"))
    def shown_instance(self, row: Attachment) -> str:
        """Link to the journey that it is part of."""
        return admin_link("workflowinstance", row.instance)

    @admin.display(description=_("human task"))
    def shown_task(self, row: Attachment) -> str:
        """Link to the task that it was submitted with."""
        return admin_link("humantask", row.task)

    def tools_for(self, request: HttpRequest, row: Attachment) -> list[tuple[str, str]]:
        if row.instance is None:
            return []
        try:
            queries.find_attachment(request.user, row.pk, row.instance)
        except UnknownAttachment:
            return []
        address = site_address("request_file", instance_id=row.instance.pk, file_id=row.pk)
        return [(address, str(_("Download")))] if address else []

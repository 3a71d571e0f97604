"""Workflow instances: find them, read them, and cancel, retry, suspend or resume them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from workflows import engine
from workflows.admin.asking import AskingAdmin, Question, action_for
from workflows.admin.events import EventInline
from workflows.admin.filters import (
    AgeFilter,
    BlockedFilter,
    SuspendedFilter,
    VersionFilter,
    WorkflowFilter,
)
from workflows.admin.forms import OptionalReasonForm, RetryForm
from workflows.admin.migrating import MIGRATE, other_versions
from workflows.admin.showing import admin_link, long_text, moment_of, pretty_json, site_address
from workflows.admin.step_executions import StepExecutionInline
from workflows.admin.tasks import TaskInline
from workflows.engine import queries
from workflows.models import InstanceStatus, WorkflowInstance

MOST_INCIDENTS = 20


def cancel(instance: WorkflowInstance, user: Any, answers: dict[str, Any]) -> None:
    """End an instance."""
    engine.cancel_workflow(instance.pk, user=user, reason=answers["reason"], via="admin")


def retry(instance: WorkflowInstance, user: Any, answers: dict[str, Any]) -> None:
    """Let an instance go on where it failed, or from the chosen step."""
    step = answers.get("from_step") or None
    engine.retry(instance.pk, from_step=step, user=user, reason=answers["reason"], via="admin")


def suspend(instance: WorkflowInstance, user: Any, answers: dict[str, Any]) -> None:
    """Let nothing new start in an instance."""
    engine.suspend(instance.pk, user=user, reason=answers["reason"], via="admin")


def resume(instance: WorkflowInstance, user: Any, answers: dict[str, Any]) -> None:
    """Let a suspended instance go on."""
    engine.resume(instance.pk, user=user, reason=answers["reason"], via="admin")


CANCEL = Question(
    name="cancel",
    title=_("Cancel requests"),
    explanation=_("They end here: open tasks are closed, and whatever runs is not recorded."),
    button=_("Cancel the requests"),
    done=_("cancelled."),
    act=cancel,
)
RETRY = Question(
    name="retry",
    title=_("Retry requests"),
    explanation=_("They go on with the data as it is now; what succeeded is kept."),
    button=_("Retry"),
    done=_("retried."),
    act=retry,
    form=RetryForm,
)
SUSPEND = Question(
    name="suspend",
    title=_("Suspend requests"),
    explanation=_("Nothing new starts until they are resumed. Clocks go on."),
    button=_("Suspend"),
    done=_("suspended."),
    act=suspend,
)
RESUME = Question(
    name="resume",
    title=_("Resume requests"),
    explanation=_("They go on where they were; what became due in between runs now."),
    button=_("Resume"),
    done=_("resumed."),
    act=resume,
    form=OptionalReasonForm,
)


@admin.register(WorkflowInstance)
class InstanceAdmin(AskingAdmin):
    """Every journey: where it stands, its data and its history."""

    workflow_field = "workflow"
    questions = (CANCEL, RETRY, SUSPEND, RESUME, MIGRATE)
    actions = [action_for(question) for question in questions]
    inlines = (StepExecutionInline, TaskInline, EventInline)
    list_display = (
        *("shown_name", "workflow_version", "state", "reference", "started_by"),
        *(moment_of("created_at", _("started at")), moment_of("changed_at", _("changed at"))),
    )
    list_select_related = ("definition", "started_by")
    list_filter = (
        *("status", SuspendedFilter, BlockedFilter, AgeFilter),
        *(WorkflowFilter, VersionFilter),
    )
    id_fields = ("id",)
    search_fields = ("reference__exact", "key__exact", "summary")
    search_hint = _("Id, reference or key in full, or words of the summary.")
    # Ids begin with their time, so that newest first needs no index of its own.
    ordering = ("-id",)
    list_defer = ("data", "metadata", "visits", "definition__content")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *(("id", "shown_definition"), ("state", "suspended_at"), "summary"),
                    *(("reference", "key"), ("started_by", "created_at"), "shown_parent"),
                    *(("changed_at", "finished_at"), "shown_error", "shown_incidents"),
                )
            },
        ),
        (_("Data"), {"fields": ("shown_data", "shown_metadata")}),
        (_("Machinery"), {"fields": (("revision", "data_revision", "last_seq"), "shown_visits")}),
    )

    @admin.display(description=_("workflow instance"))
    def shown_name(self, row: WorkflowInstance) -> str:
        """Give what people call it."""
        return row.summary or row.reference or str(row.pk)

    @admin.display(description=_("workflow version"))
    def workflow_version(self, row: WorkflowInstance) -> str:
        """Name the version of the workflow that it stays on."""
        return str(row.definition)

    @admin.display(description=_("status"))
    def state(self, row: WorkflowInstance) -> str:
        """Give the status, and whether it is suspended."""
        status = row.get_status_display()
        return f"{status}, {_('suspended')}" if row.suspended_at else status

    @admin.display(description=_("workflow version"))
    def shown_definition(self, row: WorkflowInstance) -> str:
        """Link to the version of the workflow that it stays on."""
        return admin_link("storeddefinition", row.definition)

    @admin.display(description=_("started by the step"))
    def shown_parent(self, row: WorkflowInstance) -> str:
        """Link to the step that started it as a sub-workflow, and to what that is a step of."""
        if row.parent is None:
            return "-"
        instance = admin_link("workflowinstance", row.parent.instance)
        return format_html("{} / {}", instance, admin_link("stepexecution", row.parent))

    @admin.display(description=_("error"))
    def shown_error(self, row: WorkflowInstance) -> str:
        """Give the error with its lines kept."""
        return long_text(row.error)

    @admin.display(description=_("what keeps it"))
    def shown_incidents(self, row: WorkflowInstance) -> str:
        """Give the open incidents: each cause with its remedy."""
        incidents = row.incidents.filter(resolved_at=None).order_by("pk")[:MOST_INCIDENTS]
        return long_text("\n".join(f"{one.cause}\n{one.remedy}" for one in incidents))

    @admin.display(description=_("data"))
    def shown_data(self, row: WorkflowInstance) -> str:
        """Give the data to read."""
        return pretty_json(queries.without_secrets(row.definition, row.data))

    @admin.display(description=_("metadata"))
    def shown_metadata(self, row: WorkflowInstance) -> str:
        """Give the metadata to read."""
        return pretty_json(row.metadata)

    @admin.display(description=_("visits"))
    def shown_visits(self, row: WorkflowInstance) -> str:
        """Give how often each step was visited."""
        return pretty_json(row.visits)

    def tools_for(self, request: HttpRequest, row: WorkflowInstance) -> list[tuple[str, str]]:
        access = queries.instance_access(request.user, row)
        suspended = row.suspended_at is not None
        # A request that was cancelled can still be taken up again at one of its steps.
        open_to = {
            "cancel": access.may_cancel,
            "retry": access.may_administer and row.status != InstanceStatus.COMPLETED,
            "suspend": access.may_administer and not row.has_ended and not suspended,
            "resume": access.may_administer and suspended,
            "migrate": access.may_administer and not row.has_ended and bool(other_versions(row)),
        }
        texts = {
            "cancel": _("Cancel"),
            "retry": _("Retry"),
            "suspend": _("Suspend"),
            "resume": _("Resume"),
            "migrate": _("Move to another version"),
        }
        tools = [
            (self.question_address(name, row.pk), str(texts[name]))
            for name, is_open in open_to.items()
            if is_open
        ]
        events = reverse("admin:workflows_event_changelist")
        query = urlencode({"instance__id__exact": row.pk})
        tools.append((f"{events}?{query}", str(_("All events"))))
        if address := site_address("request", instance_id=row.pk):
            tools.append((address, str(_("Open in Signoff"))))
        return tools

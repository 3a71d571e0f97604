"""Incidents: what needs an administrator, open ones first."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflows import engine
from workflows.admin.asking import AskingAdmin, Question, action_for
from workflows.admin.filters import OpenFirstFilter, WorkflowFilter
from workflows.admin.forms import OptionalReasonForm
from workflows.admin.showing import admin_link, long_text
from workflows.engine import queries
from workflows.exceptions import WrongState
from workflows.models import HumanTask, Incident, IncidentKind


def retry(incident: Incident, user: Any, answers: dict[str, Any]) -> None:
    """Retry the incident's instance, unless that was done for another of its incidents."""
    incident.refresh_from_db()
    if incident.resolved_at is not None:
        raise WrongState(gettext("This incident is resolved already."))
    engine.retry(incident.instance_id, user=user, reason=answers["reason"], via="admin")


RETRY = Question(
    name="retry",
    title=_("Retry what failed"),
    explanation=_("What failed runs again, on the data as it is now; what succeeded is kept."),
    button=_("Retry"),
    done=_("retried."),
    act=retry,
    form=OptionalReasonForm,
)


@admin.register(Incident)
class IncidentAdmin(AskingAdmin):
    """What will not mend itself, why, and what helps."""

    questions = (RETRY,)
    actions = [action_for(RETRY)]
    list_display = ("kind", "shown_instance", "cause", "remedy", "opened_at")
    list_select_related = ("instance",)
    list_filter = (OpenFirstFilter, "kind", WorkflowFilter)
    id_fields = ("instance_id",)
    search_fields = ("instance__reference__exact", "cause")
    search_hint = _("Id or reference of an instance in full, or words of the cause.")
    date_hierarchy = "opened_at"
    list_defer = ("instance__data", "instance__metadata", "instance__visits")
    fields = (
        *("kind", ("shown_instance", "shown_execution"), "shown_cause", "remedy"),
        ("opened_at", "resolved_at"),
    )

    @admin.display(description=_("workflow instance"))
    def shown_instance(self, row: Incident) -> str:
        """Link to the journey that it keeps from going on."""
        return admin_link("workflowinstance", row.instance)

    @admin.display(description=_("step execution"))
    def shown_execution(self, row: Incident) -> str:
        """Link to the execution that it is about."""
        return admin_link("stepexecution", row.execution)

    @admin.display(description=_("cause"))
    def shown_cause(self, row: Incident) -> str:
        """Give the cause with its lines kept."""
        return long_text(row.cause)

    def tools_for(self, request: HttpRequest, row: Incident) -> list[tuple[str, str]]:
        if row.resolved_at is not None:
            return []
        tools = []
        access = queries.instance_access(request.user, row.instance)
        if row.kind == IncidentKind.FAILED and access.may_administer:
            tools.append((self.question_address("retry", row.pk), str(_("Retry"))))
        task = HumanTask.objects.open().filter(execution=row.execution_id).first()
        if task is not None and queries.task_access(request.user, task).may_reassign:
            address = reverse("admin:workflows_humantask_reassign")
            tools.append((f"{address}?chosen={task.pk}", str(_("Reassign"))))
        return tools

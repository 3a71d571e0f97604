"""Human tasks: what waits for whom, and giving it to somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from workflows import engine
from workflows.admin.asking import AskingAdmin, Question, action_for
from workflows.admin.filters import AgeFilter, OverdueFilter, WorkflowFilter
from workflows.admin.forms import ReassignForm
from workflows.admin.reading import HistoryInline
from workflows.admin.showing import admin_link, moment_of, pretty_json, site_address
from workflows.engine import queries
from workflows.models import HumanTask, Relation


def reassign(task: HumanTask, user: Any, answers: dict[str, Any]) -> None:
    """Give a task to the person that was named."""
    engine.reassign(task.pk, to=answers["to"], user=user, reason=answers["reason"], via="admin")


REASSIGN = Question(
    name="reassign",
    title=_("Reassign tasks"),
    explanation=_("The person finds the task in their inbox; whoever had it loses it."),
    button=_("Reassign"),
    done=_("reassigned."),
    act=reassign,
    form=ReassignForm,
)


RELATIONS: dict[str, Any] = {
    Relation.ASSIGNEE: _("assignee"),
    Relation.CANDIDATE: _("candidate"),
    Relation.EXCLUDED: _("must not decide"),
    Relation.DECIDER: _("decided it"),
    Relation.REQUESTER: _("asked for it"),
    Relation.FORMER: _("had it before"),
    Relation.ASKED: _("was asked about it"),
    Relation.ASKER: _("asked somebody about it"),
    Relation.SNOOZED: _("has put it off"),
}


DUE_AT = staticmethod(moment_of("due_at", _("due at")))


class TaskInline(HistoryInline):
    """The newest tasks of one instance."""

    model = HumanTask
    fields = readonly_fields = (
        *("title", "step", "status", "assignee", "shown_due_at", "outcome_label"),
        *("decided_by", "decided_at", "closed_reason"),
    )
    shown_due_at = DUE_AT
    related = ("assignee", "decided_by")
    defer = ("row_data", "description")
    fk_name = "instance"
    verbose_name_plural = _("newest tasks")


@admin.register(HumanTask)
class TaskAdmin(AskingAdmin):
    """What people are asked and who decided it."""

    seen_by = ("view", "manage", "administer")
    acted_on_by = ("manage", "administer")
    questions = (REASSIGN,)
    actions = [action_for(REASSIGN)]
    list_display = (
        *("title", "shown_instance", "status", "assignee", "shown_due_at", "outcome_label"),
        *("decided_by", "created_at"),
    )
    list_select_related = ("instance", "assignee", "decided_by")
    list_filter = ("status", OverdueFilter, AgeFilter, WorkflowFilter)
    id_fields = ("id", "instance_id")
    search_fields = ("instance__reference__exact", "title", "summary")
    search_hint = _("Id or reference in full, or words of the title or the summary.")
    ordering = ("-id",)
    list_defer = (
        *("row_data", "description", "instance__data", "instance__metadata", "instance__visits"),
    )
    fields = (
        *("id", ("shown_instance", "step"), ("title", "summary"), "description"),
        *(("status", "priority", "shown_due_at"), ("assignee", "claimed_at", "created_at")),
        *(("outcome_label", "decided_by", "decided_at"), ("closed_at", "closed_reason")),
        *("shown_access", "shown_row_data"),
    )
    shown_due_at = DUE_AT

    def name_of(self, row: HumanTask) -> str:
        return f"{row.title} ({row.summary or row.instance})"

    @admin.display(description=_("workflow instance"))
    def shown_instance(self, row: HumanTask) -> str:
        """Link to the journey that it is part of."""
        return admin_link("workflowinstance", row.instance)

    @admin.display(description=_("row data"))
    def shown_row_data(self, row: HumanTask) -> str:
        """Give the data of the list's row to read."""
        return pretty_json(row.row_data)

    @admin.display(description=_("who has to do with it"))
    def shown_access(self, row: HumanTask) -> str:
        """Name people and groups with what they have to do with the task."""
        rows = list(row.access.exclude(relation=Relation.WORKFLOW).order_by("relation", "id"))
        names = _names([access.principal for access in rows])
        lines = (
            (names.get(access.principal, access.principal), RELATIONS[access.relation])
            for access in rows
        )
        return format_html_join(", ", "{} ({})", lines)

    def tools_for(self, request: HttpRequest, row: HumanTask) -> list[tuple[str, str]]:
        tools = []
        if row.is_open and queries.task_access(request.user, row).may_reassign:
            tools.append((self.question_address("reassign", row.pk), str(_("Reassign"))))
        if address := site_address("task", task_id=row.pk):
            tools.append((address, str(_("Open in Signoff"))))
        return tools


def _names(principals: Iterable[str]) -> dict[str, str]:
    """Give the names of users (`u:<id>`) and groups (`g:<id>`)."""
    ids: dict[str, set[str]] = {"u": set(), "g": set()}
    for principal in principals:
        kind, _colon, pk = principal.partition(":")
        ids[kind].add(pk)
    people = get_user_model().objects.filter(pk__in=ids["u"])
    groups = Group.objects.filter(pk__in=ids["g"])
    return {f"u:{person.pk}": queries.display_name(person) for person in people} | {
        f"g:{group.pk}": group.name for group in groups
    }

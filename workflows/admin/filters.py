"""Filters of the admin's lists that never scan a large table for their choices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from workflows.admin.reading import ReadOnlyAdmin
from workflows.admin.scope import within_scope
from workflows.engine.queries.health import HEARTBEAT_LASTS, code_of_workers
from workflows.engine.store.clock import now
from workflows.models import Incident, IncidentKind, StoredDefinition, WorkflowInstance
from workflows.models.instances import LIVE
from workflows.models.step_executions import ATTACHED
from workflows.steps import StepType

Choices = list[tuple[Any, Any]]


def _definitions(request: HttpRequest, model_admin: ReadOnlyAdmin) -> QuerySet[StoredDefinition]:
    rows = StoredDefinition.objects.defer("content").order_by("workflow", "id")
    return within_scope(rows, request.user, workflow_field="workflow", roles=model_admin.seen_by)


class WorkflowFilter(admin.SimpleListFilter):
    """By workflow, of those that were ever used."""

    title = _("workflow")
    parameter_name = "workflow"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.field = model_admin.workflow_field

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        names = _definitions(request, model_admin).values_list("workflow", flat=True)
        return [(name, name) for name in dict.fromkeys(names)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.field: self.value()}) if self.value() else queryset


class VersionFilter(admin.SimpleListFilter):
    """By version, once a workflow is chosen."""

    title = _("version")
    parameter_name = "version"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        workflow = request.GET.get(WorkflowFilter.parameter_name)
        if not workflow:
            return []
        rows = _definitions(request, model_admin).filter(workflow=workflow)
        return [(version, version) for version in rows.values_list("version", flat=True)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(definition__version=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """By kind of step, and what hangs on tasks."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(kind, kind) for kind in (*map(str, StepType), *ATTACHED)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class AgeFilter(admin.SimpleListFilter):
    """By when it began."""

    title = _("age")
    parameter_name = "age"
    ages = {
        "under-hour": (_("Under an hour"), "created_at__gte", timedelta(hours=1)),
        "under-day": (_("Under a day"), "created_at__gte", timedelta(days=1)),
        "under-week": (_("Under a week"), "created_at__gte", timedelta(days=7)),
        "over-day": (_("Over a day"), "created_at__lt", timedelta(days=1)),
        "over-week": (_("Over a week"), "created_at__lt", timedelta(days=7)),
        "over-month": (_("Over 30 days"), "created_at__lt", timedelta(days=30)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(value, label) for value, (label, _lookup, _age) in self.ages.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.ages.get(str(self.value()))
        if chosen is not None:
            _label, lookup, age = chosen
            queryset = queryset.filter(**{lookup: now() - age})
        return queryset


class YesOrNoFilter(admin.SimpleListFilter):
    """Base of the filters that ask a yes-or-no question."""

    yes: Any = _("Yes")
    no: Any = _("No")

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", self.yes), ("no", self.no)]

    def condition(self) -> Q:
        """Give the condition that holds for a yes."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "yes":
                queryset = queryset.filter(self.condition())
            case "no":
                queryset = queryset.exclude(self.condition())
        return queryset


class SuspendedFilter(YesOrNoFilter):
    """By whether an administrator has suspended it."""

    title = _("suspended")
    parameter_name = "suspended"

    def condition(self) -> Q:
        return Q(suspended_at__isnull=False)


class BlockedFilter(YesOrNoFilter):
    """By whether it waits for code that no worker has."""

    title = _("waiting for its code")
    parameter_name = "blocked"

    def condition(self) -> Q:
        blocked = Incident.objects.filter(kind=IncidentKind.BLOCKED, resolved_at=None)
        return Q(pk__in=blocked.values("instance"))


class StuckFilter(YesOrNoFilter):
    """By whether requests need a version that no living worker has the code for."""

    title = _("lacks code that is needed")
    parameter_name = "stuck"

    def condition(self) -> Q:
        live = WorkflowInstance.objects.filter(definition=OuterRef("pk"), status__in=LIVE)
        return Q(Exists(live), ~Q(pk__in=code_of_workers()))


class OverdueFilter(YesOrNoFilter):
    """By whether the date by which it should be done has passed."""

    title = _("overdue")
    parameter_name = "overdue"

    def condition(self) -> Q:
        return Q(due_at__isnull=False, due_at__lt=now())


class AliveFilter(YesOrNoFilter):
    """By whether a worker's heart has beaten lately."""

    title = _("alive")
    parameter_name = "alive"

    def condition(self) -> Q:
        return Q(heartbeat_at__gt=now() - HEARTBEAT_LASTS)


class OpenFirstFilter(admin.SimpleListFilter):
    """By whether an incident is over; the open ones are what one comes for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("resolved", _("Resolved")), ("all", _("All"))]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        # What Django calls "All", nothing chosen, is here what is open.
        unset, *others = super().choices(changelist)
        yield {**unset, "display": _("Open")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(resolved_at__isnull=self.value() != "resolved")

"""Every kind of row that there is: the planted site has some of each."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.db.models import Model
from django_q.models import OrmQ, Schedule

from tests.upgrade.work import ENGINE
from workflows.models import (
    Attachment,
    Draft,
    ExecutionStatus,
    HumanTask,
    Incident,
    IncidentKind,
    InstanceStatus,
    Permit,
    Question,
    Relation,
    StepExecution,
    TaskAccess,
    TaskStatus,
    WebhookToken,
    WorkflowInstance,
)

OTHERS = (User, Group, Permission, Session, OrmQ, Schedule)
KINDS = frozenset(
    {
        *("machine", "human", "gateway", "timer", "webhook", "group", "workflow"),
        *("deadline", "reminder", "lease", "question", "link"),
    }
)
"""Kinds of executions: those of steps, and of what hangs on tasks and on instances."""


def assert_all_are_there() -> None:
    """Look for a row of every model, in every state, and of every kind."""
    ours = [*apps.get_app_config("workflows").get_models()]
    ours += apps.get_app_config("tasks_ui").get_models()
    assert [one._meta.label for one in (*ours, *OTHERS) if not one.objects.exists()] == []
    # The engine starts every request as running: none is ever stored as pending.
    _assert_all(WorkflowInstance, "status", {*InstanceStatus.values} - {InstanceStatus.PENDING})
    _assert_all(StepExecution, "status", ExecutionStatus.values)
    _assert_all(StepExecution, "kind", KINDS)
    _assert_all(HumanTask, "status", TaskStatus.values)
    _assert_all(Incident, "kind", IncidentKind.values)
    _assert_all(TaskAccess, "relation", Relation.values)
    _assert_all(Schedule, "func", ENGINE[1:])
    found = {
        "suspended": WorkflowInstance.objects.filter(suspended_at__isnull=False),
        "a child": WorkflowInstance.objects.filter(parent__isnull=False),
        "an item": StepExecution.objects.filter(item__isnull=False),
        "a retry": StepExecution.objects.filter(attempt__gt=0, status="scheduled"),
        "a place": Permit.objects.filter(place__isnull=False),
        "a wait for a place": Permit.objects.filter(place__isnull=True),
        "a parked file": Attachment.objects.filter(bound_at=None),
        "a bound file": Attachment.objects.filter(bound_at__isnull=False),
        "a draft of a task": Draft.objects.filter(task__isnull=False),
        "a draft of a start form": Draft.objects.filter(task=None),
        "an early call": WebhookToken.objects.filter(received_at__isnull=False, closed_at=None),
        "an address that waits": WebhookToken.objects.filter(received_at=None),
        "an open question": Question.objects.filter(closed_at=None),
        "an answered question": Question.objects.exclude(answer=""),
        "an override": HumanTask.objects.filter(overridden_at__isnull=False),
    }
    assert [name for name, rows in found.items() if not rows.exists()] == []


def _assert_all(model: type[Model], field: str, wanted: Iterable[str]) -> None:
    known = {*model._default_manager.values_list(field, flat=True)}
    missing = sorted({*wanted} - known)
    assert missing == [], f"No {model.__name__} has the {field} {', '.join(missing)}."

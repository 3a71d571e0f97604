"""Everybody who may see a task, for whoever wants to choose one of them."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from workflows.engine.access.people import by_name
from workflows.engine.access.rows import ids_of
from workflows.models.tasks import NO_REASON, HumanTask, TaskAccess

SEEING: Final = ("view", "manage", "administer")
"""Roles that let see every task of a workflow."""


def audience(task: HumanTask) -> QuerySet[Any]:
    """Give the active people who may see a task, by name.

    It follows `task_access` in one statement more than the rows of the task; where the two should
    differ, as with permissions from elsewhere than the database, what `task_access` says counts.
    """
    rows = TaskAccess.objects.filter(task=task).exclude(relation__in=NO_REASON)
    principals = list(rows.values_list("principal", flat=True))
    users, groups = (ids_of(principals, kind) for kind in ("u", "g"))
    model: Any = get_user_model()
    codenames = [f"{role}_{task.instance.workflow}" for role in SEEING]
    roles = Permission.objects.filter(
        content_type__app_label="workflows", codename__in=codenames
    ).values("pk")
    among = (
        Q(pk__in=[*users, task.instance.started_by_id or 0])
        | Q(is_superuser=True)
        | Q(pk__in=model.objects.filter(groups__in=groups).values("pk"))
        | Q(pk__in=model.objects.filter(user_permissions__in=roles).values("pk"))
        | Q(pk__in=model.objects.filter(groups__permissions__in=roles).values("pk"))
    )
    return by_name(model.objects.filter(among, is_active=True))

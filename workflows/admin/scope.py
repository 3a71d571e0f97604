"""Whose workflows an administrator gets to see."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def workflows_of(user: Any, roles: Collection[str]) -> set[str]:
    """Give the names of the workflows for which the user holds one of these roles.

    The names come from the permissions and not from the code, so that instances of a workflow
    whose code is gone stay in sight.
    """
    found = set()
    for permission in user.get_all_permissions():
        role, _, workflow = permission.removeprefix("workflows.").partition("_")
        if permission.startswith("workflows.") and role in roles:
            found.add(workflow)
    return found


def holds_anywhere(user: Any, roles: Collection[str]) -> bool:
    """Whether the user holds one of these roles for any workflow."""
    return bool(user.is_active and (user.is_superuser or workflows_of(user, roles)))


def within_scope(
    rows: QuerySet[M], user: Any, *, workflow_field: str, roles: Collection[str]
) -> QuerySet[M]:
    """Give those of the rows that belong to the user's workflows; superusers have all."""
    if user.is_superuser:
        return rows
    return rows.filter(**{f"{workflow_field}__in": workflows_of(user, roles)})

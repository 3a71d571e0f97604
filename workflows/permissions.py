"""The roles of people in a workflow as Django permissions, for groups and the admin to give."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, router

from workflows.definition.registry import registry
from workflows.definition.validation import find_problems
from workflows.engine.access.permissions import ROLES
from workflows.models import WorkflowInstance


def make_permissions(sender: AppConfig, *, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Make `<role>_<workflow>` for every role and registered workflow; for post_migrate.

    What is there already stays, also for workflows whose code is gone: groups may hold it.
    """
    if not router.allow_migrate_model(using, Permission):
        return
    # The types of this app are not made yet when this is the first migration.
    create_contenttypes(sender, using=using, verbosity=0)
    instances = ContentType.objects.db_manager(using).get_for_model(WorkflowInstance)
    permissions = Permission.objects.using(using)
    known = set(permissions.filter(content_type=instances).values_list("codename", flat=True))
    permissions.bulk_create(
        Permission(content_type=instances, codename=codename, name=name[:255])
        for codename, name in wanted().items()
        if codename not in known
    )


def wanted() -> dict[str, str]:
    """Give the permissions of all registered workflows that can run: name per codename."""
    labels = {
        definition.name: definition.label
        for definition in registry
        if not find_problems(definition)
    }
    return {
        f"{role}_{workflow}": f"{label}: {role}"
        for workflow, label in sorted(labels.items())
        for role in ROLES
    }

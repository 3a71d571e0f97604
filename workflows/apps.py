"""The engine as a Django app: finds every installed app's `workflows.py`."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from workflows.cluster import parent_pipe


class WorkflowsConfig(AppConfig):
    """The engine."""

    name = "workflows"
    verbose_name = _("Workflows")

    def ready(self) -> None:
        parent_pipe.hold()
        from workflows import checks  # noqa: F401 – registers the system checks
        from workflows.partly_migrated import refuse_partly_migrated
        from workflows.permissions import make_permissions

        pre_migrate.connect(refuse_partly_migrated, sender=self)
        post_migrate.connect(make_permissions, sender=self)
        autodiscover_modules("workflows")

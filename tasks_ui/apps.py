"""Tells Django about the site that people see."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksUiConfig(AppConfig):
    """The inbox and everything around it."""

    name = "tasks_ui"
    verbose_name = _("Inbox")

    def ready(self) -> None:
        from tasks_ui import checks  # noqa: F401 – registers the system checks

"""Django's admin for the engine, to read everything and to act by its verbs.

In: requests of administrators. Out: pages of rows, and verbs that were asked about first.
"""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from workflows.admin import (
    attachments,
    definitions,
    events,
    incidents,
    instances,
    step_executions,
    tasks,
    workers,
)

admin.site.site_header = _("Signoff administration")
admin.site.site_title = _("Signoff")
admin.site.index_title = _("Administration")

__all__ = [
    "attachments",
    "definitions",
    "events",
    "incidents",
    "instances",
    "step_executions",
    "tasks",
    "workers",
]

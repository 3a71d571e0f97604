"""Workers: which processes are alive and what they can run."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """One worker process; its heartbeat says that it lives."""

    id = models.CharField(primary_key=True, max_length=100)
    host = models.CharField(_("host"), max_length=255)
    pid = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started at"))
    heartbeat_at = models.DateTimeField(_("heartbeat at"), db_index=True)
    definitions = models.JSONField(
        _("workflow versions"), default=list, help_text=_("Ids of the versions it has code for.")
    )

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return f"{self.host} {self.pid}"

"""Incidents: what needs an administrator, with its cause and the remedy."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import StepExecution


class IncidentKind(models.TextChoices):
    FAILED = "failed", _("Step failed")
    BLOCKED = "blocked", _("No worker has the code")
    NOBODY = "nobody", _("Nobody can do the task")
    CHILD = "child", _("Sub-workflow failed")


class Incident(models.Model):
    """Something that will not mend itself."""

    id = models.BigAutoField(primary_key=True)
    instance = models.ForeignKey(
        WorkflowInstance, on_delete=models.PROTECT, related_name="incidents"
    )
    execution = models.ForeignKey(StepExecution, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(_("kind"), max_length=10, choices=IncidentKind)
    cause = models.TextField(_("cause"))
    remedy = models.TextField(_("remedy"))
    opened_at = models.DateTimeField(_("opened at"))
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["execution", "kind"],
                condition=Q(resolved_at__isnull=True),
                name="one_open_incident_per_kind",
            )
        ]
        indexes = [
            models.Index(
                fields=["-opened_at"], condition=Q(resolved_at__isnull=True), name="incident_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.cause}"

"""Events: the history of an instance, append-only, one line per transition."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import StepExecution


class Event(models.Model):
    """One line of history: what happened, who did it, when, and what changed."""

    id = models.BigAutoField(primary_key=True)
    instance = models.ForeignKey(
        WorkflowInstance, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    seq = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("what"), max_length=40)
    path = models.CharField(_("step"), max_length=400, blank=True)
    # Of the same instance, which is locked when both are written: no index and no check.
    execution = models.ForeignKey(
        StepExecution,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="events",
        db_index=False,
        db_constraint=False,
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    via = models.CharField(_("via"), max_length=20, blank=True)
    at = models.DateTimeField(_("at"))
    data = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["instance", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["instance", "seq"], name="one_event_per_number")
        ]
        indexes = [
            models.Index(fields=["actor"], condition=Q(actor__isnull=False), name="event_by_actor"),
            models.Index(
                fields=["instance", "seq"],
                condition=Q(kind="task.commented"),
                name="event_comments",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.path}".strip()

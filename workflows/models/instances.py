"""Workflow instances: one journey each through a workflow."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.definitions import StoredDefinition
from workflows.values.ids import uuid7


class InstanceStatus(models.TextChoices):
    PENDING = "pending", _("Pending")
    RUNNING = "running", _("Running")
    WAITING = "waiting", _("Waiting")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")
    CANCELED = "canceled", _("Canceled")


ENDED = (InstanceStatus.COMPLETED, InstanceStatus.CANCELED)
LIVE = tuple(status for status in InstanceStatus if status not in ENDED)


class InstanceQuerySet(models.QuerySet["WorkflowInstance"]):
    def live(self) -> InstanceQuerySet:
        """Those that may still move; failed ones can be retried and count."""
        return self.exclude(status__in=ENDED)


class WorkflowInstance(models.Model):
    """One journey through a workflow: its data and where it stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    definition = models.ForeignKey(
        StoredDefinition, on_delete=models.PROTECT, related_name="instances"
    )
    workflow = models.CharField(_("workflow"), max_length=100)
    status = models.CharField(
        _("status"), max_length=10, choices=InstanceStatus, default=InstanceStatus.PENDING
    )
    suspended_at = models.DateTimeField(_("suspended at"), null=True, blank=True)
    data = models.JSONField(_("data"), default=dict, encoder=DjangoJSONEncoder)
    metadata = models.JSONField(_("metadata"), default=dict, encoder=DjangoJSONEncoder)
    revision = models.PositiveIntegerField(
        _("revision"), default=0, help_text=_("Goes up with every transition.")
    )
    data_revision = models.PositiveIntegerField(
        _("data revision"), default=1, help_text=_("Goes up when the data changes.")
    )
    last_seq = models.PositiveIntegerField(
        _("last event number"), default=0, help_text=_("Number of the newest event.")
    )
    # A table in use gets a column at once only where it may be null.
    last_receipt = models.CharField(  # noqa: DJ001
        _("last receipt"),
        max_length=64,
        null=True,
        blank=True,
        help_text=_("SHA-256 of the newest decision, to which the next one is chained."),
    )
    visits = models.JSONField(
        _("visits"), default=dict, help_text=_("How often each step was visited.")
    )
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    key = models.CharField(
        _("key"), max_length=200, blank=True, help_text=_("Starts at most once.")
    )
    key_digest = models.CharField(
        _("key's digest"), max_length=64, blank=True, help_text=_("SHA-256 of the first data.")
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="started_instances",
    )
    parent = models.ForeignKey(
        "workflows.StepExecution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="child_instances",
        verbose_name=_("started by the step"),
    )
    created_at = models.DateTimeField(_("started at"))
    changed_at = models.DateTimeField(_("changed at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects: ClassVar[InstanceQuerySet] = InstanceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("workflow instance")
        verbose_name_plural = _("workflow instances")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["workflow", "key"], condition=~Q(key=""), name="key_starts_once"
            ),
            models.UniqueConstraint(
                fields=["parent"],
                condition=Q(parent__isnull=False) & ~Q(status=InstanceStatus.CANCELED),
                name="one_child_per_execution",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, finished_at__isnull=False)
                | (~Q(status__in=ENDED) & Q(finished_at__isnull=True)),
                name="ended_instances_have_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-created_at"], name="instance_by_status"),
            models.Index(fields=["started_by", "-created_at"], name="instance_by_starter"),
            models.Index(fields=["reference"], name="instance_by_reference"),
            models.Index(
                fields=["parent"], condition=Q(parent__isnull=False), name="instance_by_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.summary or self.reference or f"{self.workflow} {self.id}"

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED

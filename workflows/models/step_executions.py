"""Step executions: one visit each to a step, and at once the queue entry of its work."""

from __future__ import annotations

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.definitions import StoredDefinition
from workflows.models.instances import WorkflowInstance


class ExecutionStatus(models.TextChoices):
    READY = "ready", _("Ready")
    SCHEDULED = "scheduled", _("Scheduled")
    RUNNING = "running", _("Running")
    WAITING = "waiting", _("Waiting")
    JOINING = "joining", _("Joining")
    HELD = "held", _("Held")
    BLOCKED = "blocked", _("Blocked")
    SUCCEEDED = "succeeded", _("Succeeded")
    HANDLED = "handled", _("Failure handled")
    SKIPPED = "skipped", _("Skipped")
    FAILED = "failed", _("Failed")
    CANCELED = "canceled", _("Canceled")


class Phase(models.TextChoices):
    """Which part of a step's code comes next."""

    ENTER = "enter", _("Enter")
    LEAVE = "leave", _("Leave")


CLOSED = (
    ExecutionStatus.SUCCEEDED,
    ExecutionStatus.HANDLED,
    ExecutionStatus.SKIPPED,
    ExecutionStatus.CANCELED,
)
"""Ended for good; a failed execution can be retried and still holds its joins."""

DEADLINE = "deadline"
REMINDER = "reminder"
LEASE = "lease"
QUESTION = "question"
LINK = "link"
ATTACHED = (DEADLINE, REMINDER, LEASE, QUESTION, LINK)
"""Kinds of rows that hang on a task, or link an instance to the one that started it.

They count in no join and for no completion.
"""


class ExecutionQuerySet(models.QuerySet["StepExecution"]):
    def active(self) -> ExecutionQuerySet:
        return self.exclude(status__in=CLOSED)


class StepExecution(models.Model):
    """One visit to a step by one instance."""

    id = models.BigAutoField(primary_key=True)
    # Every transition writes rows of this table, and each index and reference is paid for by each
    # of them: what a constraint below covers has no index, what the instance vouches for no check.
    instance = models.ForeignKey(
        WorkflowInstance, on_delete=models.PROTECT, related_name="executions", db_index=False
    )
    definition = models.ForeignKey(
        StoredDefinition,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    path = models.CharField(_("step"), max_length=400)
    scope = models.BigIntegerField(
        _("scope"), default=0, help_text=_("Execution of the group it runs in; 0 at the top.")
    )
    visit = models.PositiveIntegerField(_("visit"), default=1)
    position = models.PositiveIntegerField(
        _("position"), null=True, blank=True, help_text=_("Where its item is in the list, from 0.")
    )
    item = models.JSONField(
        _("item"),
        null=True,
        blank=True,
        encoder=DjangoJSONEncoder,
        help_text=_("What it is for, of the items that its group was opened with."),
    )
    kind = models.CharField(_("kind"), max_length=10)
    phase = models.CharField(_("phase"), max_length=5, choices=Phase, default=Phase.ENTER)
    status = models.CharField(
        _("status"), max_length=10, choices=ExecutionStatus, default=ExecutionStatus.READY
    )
    priority = models.SmallIntegerField(_("priority"), default=0)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    attempt = models.PositiveIntegerField(
        _("failed attempts"), default=0, help_text=_("How often it raised an exception.")
    )
    crashes = models.PositiveIntegerField(
        _("crashes"), default=0, help_text=_("How often a worker was lost while it ran.")
    )
    lease_owner = models.CharField(_("worker"), max_length=100, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    fence = models.PositiveIntegerField(_("fence"), default=0)
    pending = models.PositiveIntegerField(_("children pending"), default=0)
    needed = models.PositiveIntegerField(_("children needed"), default=0)
    arrived = models.JSONField(
        _("arrived"), default=list, help_text=_("Numbers of the edges that branches came along.")
    )
    previous = models.ForeignKey(
        "self",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    result = models.JSONField(_("result"), null=True, blank=True, encoder=DjangoJSONEncoder)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created at"))
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects: ClassVar[ExecutionQuerySet] = ExecutionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("step execution")
        verbose_name_plural = _("step executions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["instance", "path", "scope", "visit"], name="one_execution_per_visit"
            ),
            models.CheckConstraint(
                condition=Q(status="running", lease_until__isnull=False)
                | (~Q(status="running") & Q(lease_until__isnull=True)),
                name="running_means_leased",
            ),
            models.CheckConstraint(
                condition=~Q(status="scheduled") | Q(due_at__isnull=False),
                name="scheduled_means_due",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "id"], condition=Q(status="ready"), name="execution_ready"
            ),
            models.Index(
                fields=["due_at"], condition=Q(status="scheduled"), name="execution_scheduled"
            ),
            models.Index(
                fields=["instance", "status"],
                condition=~Q(status__in=CLOSED),
                name="execution_active",
            ),
            models.Index(
                fields=["lease_until"], condition=Q(status="running"), name="execution_running"
            ),
            # There should be none of these, so that looking for them costs nothing.
            models.Index(
                fields=["id"],
                condition=Q(status="waiting", kind="group", pending=0),
                name="execution_left_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.visit})" if self.visit > 1 else self.path

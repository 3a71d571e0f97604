"""Human tasks: what waits for a person, and who may see it and act on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import StepExecution
from workflows.values.ids import uuid7


class TaskStatus(models.TextChoices):
    READY = "ready", _("Ready")
    RESERVED = "reserved", _("Reserved")
    INFO_REQUESTED = "info_requested", _("Information requested")
    DECIDED = "decided", _("Decided")
    COMPLETED = "completed", _("Completed")
    EXPIRED = "expired", _("Expired")
    CANCELED = "canceled", _("Canceled")


OPEN_TASK = (TaskStatus.READY, TaskStatus.RESERVED, TaskStatus.INFO_REQUESTED)
"""States in which somebody can still act on a task."""


class TaskQuerySet(models.QuerySet["HumanTask"]):
    def open(self) -> TaskQuerySet:
        return self.filter(status__in=OPEN_TASK)


class HumanTask(models.Model):
    """What one waiting execution of a human step asks of people."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    execution = models.OneToOneField(StepExecution, on_delete=models.PROTECT, related_name="task")
    instance = models.ForeignKey(WorkflowInstance, on_delete=models.PROTECT, related_name="tasks")
    step = models.CharField(_("step"), max_length=400)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    row_data = models.JSONField(_("row data"), default=dict, encoder=DjangoJSONEncoder)
    status = models.CharField(
        _("status"), max_length=15, choices=TaskStatus, default=TaskStatus.READY
    )
    priority = models.SmallIntegerField(_("priority"), default=0)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    offered_to = models.JSONField(
        _("offered to"), default=list, help_text=_("Principals whom the task was offered to.")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_tasks",
    )
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    lease_until = models.DateTimeField(
        _("claimed until"), null=True, blank=True, help_text=_("When the claim ends by itself.")
    )
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    outcome_label = models.CharField(_("outcome's label"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_tasks",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    overridden_at = models.DateTimeField(
        _("overridden at"),
        null=True,
        blank=True,
        help_text=_("When an administrator decided it in the place of those who were asked."),
    )
    submission_id = models.CharField(_("submission"), max_length=100, blank=True)
    closed_reason = models.CharField(_("reason"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("human task")
        verbose_name_plural = _("human tasks")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="reserved") | Q(assignee__isnull=False),
                name="reserved_means_assigned",
            ),
        ]
        indexes = [models.Index(fields=["instance"], name="task_by_instance")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_TASK


class Relation(models.TextChoices):
    """What somebody has to do with a task."""

    ASSIGNEE = "assignee", _("Assigned to you")
    CANDIDATE = "candidate", _("Offered to you")
    EXCLUDED = "excluded", _("Must not decide")
    DECIDER = "decider", _("Decided by you")
    REQUESTER = "requester", _("Requested by you")
    FORMER = "former", _("Was assigned to you")
    ASKED = "asked", _("You were asked about it")
    ASKER = "asker", _("You asked somebody about it")
    SNOOZED = "snoozed", _("Put off by you")
    MENTIONED = "mentioned", _("You were mentioned")
    WORKFLOW = "workflow", _("You may view this workflow")


NO_REASON = (Relation.EXCLUDED, Relation.SNOOZED)
"""Relations that let nobody see a task."""


class Urgency(models.SmallIntegerField):
    """The negative priority of a row's task, set when the row is made: what sorts first is most."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Take it from the task, so that whoever makes a row need not think of it."""
        if add and isinstance(model_instance, TaskAccess):
            model_instance.urgency = -model_instance.task.priority
        return super().pre_save(model_instance, add)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Be a plain number for migrations."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.SmallIntegerField", arguments, options


class TaskAccess(models.Model):
    """One row per task and person, group or workflow: what lists, counts and permissions read.

    `principal` is `u:<user id>` or `g:<group id>`; `open` says that the principal can act on
    the task now (a claimed task is not open to its other candidates). Somebody who was asked
    about a task has an open row while the answer is awaited, and so has who asked. A row of who
    has put a task off sorts by when it comes back, and is open until news bring it back. A row of
    who was mentioned is open until they have noted it, whatever becomes of the task.

    Rows of requesters, of former assignees and of the workflow (`w:<name>`, for those who may view
    all of it) allow nobody to act: they are open as long as the task is. All rows of a task but
    those of who has put it off sort alike, so that whoever has several finds it in one place.
    """

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(HumanTask, on_delete=models.CASCADE, related_name="access")
    principal = models.CharField(_("principal"), max_length=40)
    relation = models.CharField(_("relation"), max_length=10, choices=Relation)
    open = models.BooleanField(_("open"), default=True)
    sort_at = models.DateTimeField(
        _("sorted by"), help_text=_("When it is due, or far ahead; when it closed, once closed.")
    )
    urgency = Urgency(
        _("urgency"), default=0, db_default=0, help_text=_("The task's priority, negative.")
    )

    class Meta:
        verbose_name = _("task access")
        verbose_name_plural = _("task access")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "principal", "relation"], name="one_row_per_relation"
            )
        ]
        # One per order of lists, each with all that a list reads of a row: a search looks through
        # ten thousand of them, and would have to fetch each from another place of the table.
        indexes = [
            models.Index(
                fields=["principal", "relation", "open", "sort_at", "task", "urgency", "id"],
                name="access_by_due",
            ),
            models.Index(
                fields=["principal", "relation", "open", "task", "sort_at", "urgency", "id"],
                name="access_by_age",
            ),
            models.Index(
                fields=["principal", "relation", "open", "urgency", "sort_at", "task", "id"],
                name="access_by_urgency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal} {self.relation}"

"""Attachments: files that people have sent, and what each of them belongs to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.instances import WorkflowInstance
from workflows.models.tasks import HumanTask
from workflows.values.data_urls import FileReference
from workflows.values.ids import uuid7

FOLDER: Final = "attachments"


def path_of(attachment: Attachment, name: str) -> str:
    """Give the place in the storage: by day and id, never by what the sender called the file."""
    return f"{FOLDER}/{made_at(attachment.pk).date().isoformat()}/{attachment.pk}"


def made_at(id_: UUID) -> datetime:
    """Give the moment at which an id was made, which its first 48 bits say."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)


class Attachment(models.Model):
    """A file: parked by whoever sent it until a form is submitted, then bound to an instance.

    The row is made after the file and deleted before it, so that a row without a file never is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.FileField(_("file"), upload_to=path_of, max_length=200)
    name = models.CharField(_("name"), max_length=200, help_text=_("As the sender called it."))
    content_type = models.CharField(
        _("type"), max_length=100, help_text=_("By its content, whatever the sender called it.")
    )
    size = models.PositiveBigIntegerField(_("size"), help_text=_("In bytes."))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("uploaded by"),
    )
    form_token = models.CharField(
        _("form"), max_length=100, help_text=_("Which showing of a form it was sent with.")
    )
    instance = models.ForeignKey(
        WorkflowInstance,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("workflow instance"),
    )
    task = models.ForeignKey(
        HumanTask,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("human task"),
    )
    created_at = models.DateTimeField(_("uploaded at"))
    bound_at = models.DateTimeField(_("submitted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["uploaded_by", "form_token", "sha256", "name"],
                name="one_attachment_per_form",
            ),
            models.CheckConstraint(
                condition=Q(bound_at__isnull=True, instance__isnull=True, task__isnull=True)
                | Q(bound_at__isnull=False, instance__isnull=False),
                name="bound_means_to_an_instance",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(bound_at__isnull=True),
                name="attachment_parked",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> FileReference:
        """Give what stands for the file in data."""
        return FileReference(self.pk, self.name, self.content_type, self.size)

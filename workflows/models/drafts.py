"""Drafts: what somebody has typed into a form and not sent yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.tasks import HumanTask


class Draft(models.Model):
    """One person's words in the form of one task, or in the start form of one workflow."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="drafts",
        verbose_name=_("user"),
    )
    task = models.ForeignKey(
        HumanTask,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("human task"),
    )
    workflow = models.CharField(
        _("workflow"), max_length=200, blank=True, help_text=_("Of which it is the start form.")
    )
    fields = models.JSONField(
        _("fields"), default=dict, help_text=_("What the form would post: names and their texts.")
    )
    form = models.CharField(
        _("form"), max_length=16, help_text=_("A fingerprint of the form that it was typed into.")
    )
    saved_at = models.DateTimeField(_("saved at"), db_index=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "task"],
                condition=Q(task__isnull=False),
                name="one_draft_per_task",
            ),
            models.UniqueConstraint(
                fields=["user", "workflow"],
                condition=Q(task__isnull=True),
                name="one_draft_per_workflow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.task or self.workflow}"

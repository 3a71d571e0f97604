"""Questions: what somebody who is to decide a task asked somebody else about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.tasks import HumanTask


class Question(models.Model):
    """One question about a task; open until it is answered or taken back."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(HumanTask, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked"),
    )
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked at"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    closed_at = models.DateTimeField(
        _("closed at"), null=True, blank=True, help_text=_("When it was answered or taken back.")
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["task", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(closed_at=None), name="one_open_question_per_task"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

"""Drafts: what somebody has typed into a form and not sent yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflows.models.tasks import HumanTask


class Draft(models.Model):
    """One person's words in the form of one task, or in the start form of one workflow.

    Where the same person types into the same form in two windows there are two of them.
    """

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
    tab = models.CharField(
        _("tab"),
        max_length=32,
        blank=True,
        db_default="",
        help_text=_("The tab of a browser that saved it last."),
    )
    turn = models.BigIntegerField(
        _("turn"),
        default=0,
        db_default=0,
        help_text=_("When the tab sent it: what it had sent before and comes later is late."),
    )
    revision = models.PositiveIntegerField(
        _("revision"), default=1, db_default=1, help_text=_("Goes up with each save.")
    )

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"{self.user}: {self.task or self.workflow}"

    @property
    def mark(self) -> str:
        """Give how a form says which draft it goes on from, and which revision of it."""
        return f"{self.pk}.{self.revision}"

"""What is remembered of a workflow's blueprint, so that it can be shown without its code."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredDefinition(models.Model):
    """One version of a workflow as it was when first used: graph, schemas and texts."""

    workflow = models.CharField(_("workflow"), max_length=100)
    version = models.CharField(_("version"), max_length=50)
    fingerprint = models.CharField(
        _("fingerprint"), max_length=64, help_text=_("SHA-256 of the graph's structure.")
    )
    content = models.JSONField(_("content"), help_text=_("Graph, schemas and texts."))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("workflow version")
        verbose_name_plural = _("workflow versions")
        constraints = [
            models.UniqueConstraint(fields=["workflow", "version"], name="one_row_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.workflow} {self.version}"

    @property
    def label(self) -> str:
        """What people call the workflow."""
        return str(self.content.get("label") or self.workflow)

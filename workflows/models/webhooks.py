"""Webhook calls: what other systems have sent, also before the step was reached."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.instances import WorkflowInstance


class WebhookToken(models.Model):
    """The address of one visit to a webhook step, and the call that came to it.

    Only the token's SHA-256 is kept. A row is made when the step is reached, when a call
    comes early, or, for a token of the author's own making, when the instance starts.
    """

    id = models.BigAutoField(primary_key=True)
    token_hash = models.CharField(_("token's hash"), max_length=64, db_index=True)
    instance = models.ForeignKey(
        WorkflowInstance, on_delete=models.PROTECT, related_name="webhook_tokens"
    )
    path = models.CharField(_("step"), max_length=400)
    visit = models.PositiveIntegerField(
        _("visit"), help_text=_("Counts the visits to this step over the whole instance.")
    )
    payload = models.JSONField(_("payload"), null=True, blank=True, encoder=DjangoJSONEncoder)
    delivery_id = models.CharField(_("delivery"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("webhook token")
        verbose_name_plural = _("webhook tokens")
        constraints = [
            models.UniqueConstraint(
                fields=["instance", "path", "visit"], name="one_token_per_webhook_visit"
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=Q(closed_at__isnull=True), name="open_token_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.visit})"

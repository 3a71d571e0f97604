"""Limits: how many executions of a class of steps run at once, and who waits for a place."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.step_executions import StepExecution


class StepLimit(models.Model):
    """One class of steps with `max_concurrency`; its row is locked to give and take places."""

    key = models.CharField(_("class of steps"), primary_key=True, max_length=400)
    places = models.PositiveIntegerField(_("places"))

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")

    def __str__(self) -> str:
        return self.key


class Permit(models.Model):
    """An execution that has a place until a moment, or waits for one; the oldest is next."""

    limit = models.ForeignKey(
        StepLimit, on_delete=models.CASCADE, related_name="permits", db_index=False
    )
    execution = models.OneToOneField(StepExecution, on_delete=models.CASCADE, related_name="permit")
    place = models.PositiveIntegerField(_("place"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    fence = models.PositiveIntegerField(
        _("fence"), default=0, help_text=_("That of the claim which holds the place.")
    )

    class Meta:
        verbose_name = _("permit")
        verbose_name_plural = _("permits")
        constraints = [
            models.UniqueConstraint(
                fields=["limit", "place"],
                condition=Q(place__isnull=False),
                name="one_permit_per_place",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=True, until__isnull=True)
                | Q(place__isnull=False, until__isnull=False),
                name="place_means_until",
            ),
        ]
        indexes = [
            models.Index(
                fields=["limit", "execution"],
                condition=Q(place__isnull=True),
                name="permit_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.limit_id} {self.place if self.place is not None else '…'}"

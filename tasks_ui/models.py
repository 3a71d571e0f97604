"""What the site remembers about a person beside Django's own user."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from tasks_ui.shortcuts import Keys


class Theme(models.TextChoices):
    """Whether pages are light or dark."""

    SYSTEM = "system", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class UserSettings(models.Model):
    """How one person wants the site to be; a person without a row has the defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="settings",
        verbose_name=_("user"),
    )
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    theme = models.CharField(
        _("appearance"), max_length=8, choices=Theme.choices, default=Theme.SYSTEM
    )
    single_key_shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)
    own_keys = models.JSONField(
        _("own keys"),
        default=dict,
        blank=True,
        help_text=_("By act, where they are not the standard; empty where an act has none."),
    )
    saved_views = models.JSONField(
        _("saved views"),
        default=list,
        blank=True,
        help_text=_("Lists with a name. They are kept here to come with the person."),
    )

    class Meta:
        verbose_name = _("settings of a user")
        verbose_name_plural = _("settings of users")

    def __str__(self) -> str:
        return str(_("Settings of %(user)s") % {"user": self.user})

    @classmethod
    def of(cls, user: AbstractBaseUser | AnonymousUser) -> UserSettings:
        """Give the person's settings, or the defaults, which are not saved yet."""
        if user.is_authenticated:
            found = getattr(user, "settings", None) or cls(user_id=user.pk)
        else:
            found = cls()
        return found

    def keep(self, **changed: Any) -> None:
        """Save only these: two pages that change different things undo nothing of each other."""
        UserSettings.objects.update_or_create(user_id=self.user_id, defaults=changed)

    @property
    def keys(self) -> Keys:
        """Give the key of each act."""
        return Keys.of(self.own_keys)


def time_zone_of(user_id: Any) -> str:
    """Tell the engine which time zone a person has chosen; "" is the site's."""
    found = UserSettings.objects.filter(user_id=user_id).values_list("time_zone", flat=True)
    return found.first() or ""


class Batch(models.Model):
    """What one person did to many tasks at once, so that it can be shown, and taken back at once.

    Its id comes from what was sent, so that sending it again leads here instead of doing it again.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="batches",
        verbose_name=_("user"),
    )
    act = models.CharField(_("act"), max_length=20)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    items = models.JSONField(_("items"), help_text=_("What became of each task, in their order."))
    done_at = models.DateTimeField(_("done at"))
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return f"{self.act} {self.id}"

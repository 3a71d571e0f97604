"""What the site remembers about a person beside Django's own user."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _


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

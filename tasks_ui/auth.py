"""Finds the signed-in person and their settings in one statement."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User


class SettingsBackend(ModelBackend):
    """Django's own backend, whose users bring their settings along."""

    def get_user(self, user_id: int) -> User | None:
        """Give the active user with this id, or none."""
        user = User.objects.select_related("settings").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

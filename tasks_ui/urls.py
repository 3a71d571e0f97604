"""Every page of the site and its address."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from tasks_ui.views import health, passwords
from tasks_ui.views.settings import settings
from tasks_ui.views.sign_in import SignIn

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("settings/", settings, name="settings"),
    path("settings/password/", passwords.PasswordChange.as_view(), name="password_change"),
    path("password/", passwords.PasswordReset.as_view(), name="password_reset"),
    path("password/sent/", passwords.PasswordResetSent.as_view(), name="password_reset_done"),
    path(
        "password/<uidb64>/<token>/",
        passwords.PasswordResetConfirm.as_view(),
        name="password_reset_confirm",
    ),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

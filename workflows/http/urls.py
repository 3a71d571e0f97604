"""The engine's own addresses: where other systems call."""

from __future__ import annotations

from django.urls import path

from workflows.http.webhooks import hook

app_name = "workflows"
urlpatterns = [path("hooks/<str:token>/", hook, name="hook")]

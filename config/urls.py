"""Every URL of the site starts here."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from tasks_ui.views.account.sign_in import from_admin

urlpatterns = [
    path("admin/login/", from_admin),
    path("admin/", admin.site.urls),
    path("workflows/", include("workflows.http.urls")),
    path("", include("tasks_ui.urls")),
]

handler400 = "tasks_ui.views.errors.bad_request"
handler403 = "tasks_ui.views.errors.permission_denied"
handler404 = "tasks_ui.views.errors.not_found"
handler500 = "tasks_ui.views.errors.server_error"

"""The page on which a person says how the site should be."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tasks_ui.forms import SettingsForm
from tasks_ui.http import SignedInRequest
from tasks_ui.models import UserSettings


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """Show the settings, or keep the changed ones."""
    form = SettingsForm(request.POST or None, instance=UserSettings.of(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your settings are saved."))
        answer: HttpResponse = HttpResponseRedirect(reverse("settings"))
    else:
        context = {"form": form, "place": "settings"}
        status = 422 if form.errors else 200
        answer = render(request, "tasks_ui/settings.html", context, status=status)
    return answer

"""The page on which a person says how the site should be."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tasks_ui.forms import KeysForm, SettingsForm
from tasks_ui.models import UserSettings
from tasks_ui.request import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    """Show the settings, or keep the changed ones."""
    preferences = UserSettings.of(request.user)
    form = SettingsForm(request.POST or None, instance=preferences)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your settings are saved."))
        answer: HttpResponse = HttpResponseRedirect(reverse("settings"))
    else:
        answer = _page(request, form, KeysForm(preferences))
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: SignedInRequest) -> HttpResponse:
    """Keep the chosen keys, or go back to the standard ones."""
    preferences = UserSettings.of(request.user)
    form = KeysForm(preferences, request.POST)
    there = HttpResponseRedirect(f"{reverse('settings')}#all-keys")
    if request.method != "POST":
        answer: HttpResponse = there
    elif "reset" in request.POST:
        preferences.keep(own_keys={})
        messages.success(request, _("All keys are the standard ones again."))
        answer = there
    elif form.is_valid():
        form.save()
        messages.success(request, _("Your keys are saved."))
        answer = there
    else:
        answer = _page(request, SettingsForm(instance=preferences), form)
    return answer


def _page(request: SignedInRequest, form: SettingsForm, keys_form: KeysForm) -> HttpResponse:
    context = {"form": form, "keys_form": keys_form, "place": "settings"}
    status = 422 if form.errors or keys_form.errors else 200
    return render(request, "tasks_ui/settings.html", context, status=status)

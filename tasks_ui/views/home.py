"""The first page."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from tasks_ui.request import SignedInRequest


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Lead to one's own tasks."""
    return HttpResponseRedirect(reverse("inbox", args=["mine"]))

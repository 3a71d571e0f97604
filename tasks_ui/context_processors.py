"""What every template may use: the layout, the person's settings, the numbers in the navigation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from tasks_ui.http import wants_fragment
from tasks_ui.models import UserSettings


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the frame of the page: whole, or only its middle when htmx swaps it."""
    # A request that failed early (a wrong host, say) has not met the sign-in middleware yet.
    user = getattr(request, "user", AnonymousUser())
    return {
        "layout": "fragment.html" if wants_fragment(request) else "base.html",
        "preferences": UserSettings.of(user),
    }

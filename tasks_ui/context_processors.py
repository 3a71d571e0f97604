"""What every template may use: the layout, the person's settings, the numbers in the navigation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tasks_ui.lists.menu import named_lists
from tasks_ui.lists.saved_views import views_of
from tasks_ui.models import UserSettings
from tasks_ui.request import wants_fragment
from workflows.engine import lists, queries

# Seconds: how often at most a process asks whether work is being done.
ASKED_AGAIN = 10


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the frame of the page: whole, or only its middle when htmx swaps it."""
    # A request that failed early (a wrong host, say) has not met the sign-in middleware yet.
    user = getattr(request, "user", AnonymousUser())
    preferences = UserSettings.of(user)
    return {
        "layout": "fragment.html" if wants_fragment(request) else "base.html",
        "preferences": preferences,
        "keys": preferences.keys,
        "named_lists": named_lists,
        "saved_views": views_of(preferences),
        "is_signed_in": user.is_authenticated,
        # Both ask the database only where a template shows them.
        "counts": SimpleLazyObject(lambda: lists.count_tasks(user)),
        "work_is_stalled": SimpleLazyObject(_work_is_stalled),
    }


def _work_is_stalled() -> bool:
    return bool(cache.get_or_set("work-is-stalled", queries.work_is_stalled, ASKED_AGAIN))

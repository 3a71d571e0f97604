"""Tells a page which of the person's saved views it shows."""

from __future__ import annotations

from typing import Any

from django import template

from tasks_ui.lists.list_state import Place
from tasks_ui.lists.saved_views import SavedView, view_at

register = template.Library()


@register.simple_tag(takes_context=True)
def saved_as(context: dict[str, Any], place: Place | str | None) -> SavedView | None:
    """Give the saved view that this place belongs to; none where it is no place in a list."""
    if not isinstance(place, Place) or "preferences" not in context:
        return None
    return view_at(context["preferences"], place)

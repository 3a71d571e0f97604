"""What helps somebody whose list is empty: what to look for less, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import template
from django.contrib.auth.models import User

from tasks_ui.lists.filters import best_without
from tasks_ui.lists.list_state import Place
from tasks_ui.lists.menu import Link, ListMenu
from workflows.engine import queries

MOST_COUNTED: Final = 99
MOST_NAMED: Final = 3

register = template.Library()


@register.filter
def capped(number: int) -> str:
    """Write a count that is not counted further than to 99."""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


@register.simple_tag(takes_context=True)
def too_narrow(context: dict[str, Any], place: Place) -> Link | None:
    """Give what to leave out for the list to show most; none where that is not known."""
    name, number = best_without(context["request"].user, place)
    chips = dict(zip(place.narrowed, ListMenu(place=place).chips, strict=True))
    return Link(label=chips[name].label, url=chips[name].url, count=number) if name else None


@register.simple_tag(takes_context=True)
def whom_to_ask(context: dict[str, Any]) -> Sequence[User]:
    """Give administrators to ask for a group; nobody where the person is in one."""
    if queries.group_names(context["request"].user):
        return []
    administrators = User.objects.filter(is_superuser=True, is_active=True)
    return [*administrators.order_by("pk")[:MOST_NAMED]]

"""Lets the page of a list ask whether it has changed."""

from __future__ import annotations

from typing import Any

from django import template

from tasks_ui.lists import TaskList
from tasks_ui.news import question

register = template.Library()


@register.simple_tag(takes_context=True)
def news_url(context: dict[str, Any], shown: TaskList) -> str:
    """Give the address at which the page asks."""
    return question(context["request"], shown)

"""Lets a page ask whether its list, its task and its numbers have changed."""

from __future__ import annotations

from typing import Any

from django import template

from tasks_ui.lists.page import TaskList
from tasks_ui.polling.list_news import counts_question, question
from tasks_ui.polling.task_news import task_question

register = template.Library()


@register.simple_tag(takes_context=True)
def news_url(context: dict[str, Any], shown: TaskList) -> str:
    """Give the address at which the page asks."""
    return question(context["request"], shown)


@register.simple_tag(takes_context=True)
def task_news_url(context: dict[str, Any]) -> str:
    """Give the address at which the page of a task asks."""
    decision = context["decision"]
    has_form = decision is not None and decision.form is not None
    return task_question(context["request"], context["task"], context["answer"], has_form=has_form)


@register.simple_tag(takes_context=True)
def counts_url(context: dict[str, Any]) -> str:
    """Give the address at which the page asks whether its numbers are right."""
    return counts_question(context["request"], context["counts"])

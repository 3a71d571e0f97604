"""Expenses of the example workflow, brought to where somebody must decide, and what forms post."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import User

from workflows import engine
from workflows.engine import queries
from workflows.models import HumanTask
from workflows.testing import drain

APPROVE: Final = '"approve"'
REJECT: Final = '"reject"'
"""What the buttons of such a task post."""


def form_of(task: HumanTask) -> dict[str, str]:
    """Give what the page of a task posts by itself, to say which form it shows."""
    return {"fingerprint": queries.task_form(queries.find_task(task)).fingerprint}


def start_form(workflow: str = "expense_approval") -> dict[str, str]:
    """Give what the page posts that starts a workflow, to say which form it shows."""
    return {"fingerprint": queries.start_form_fingerprint(queries.get_definition(workflow))}


def start_expense(user: User, title: str = "Train to Berlin", **data: Any) -> HumanTask:
    """Start an expense of 4,200 and give the manager's task."""
    data = {"title": title, "amount": 4200, "category": "travel"} | data
    instance = engine.start_workflow("expense_approval", initial_data=data, user=user)
    drain()
    return HumanTask.objects.get(instance=instance)

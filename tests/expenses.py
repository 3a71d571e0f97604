"""Expenses of the example workflow, started and brought to the point where somebody must decide."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from workflows import engine
from workflows.models import HumanTask
from workflows.testing import drain


def start_expense(user: User, title: str = "Train to Berlin", **data: Any) -> HumanTask:
    """Start an expense of 4,200 and give the manager's task."""
    data = {"title": title, "amount": 4200, "category": "travel"} | data
    instance = engine.start_workflow("expense_approval", initial_data=data, user=user)
    drain()
    return HumanTask.objects.get(instance=instance)

"""A journey through a pattern: start it, let things happen, and see which steps were visited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from workflows import WorkflowDefinition, engine
from workflows.engine.transitions.transition import Transition
from workflows.engine.webhooks.wait import address_of
from workflows.engine.work.webhook_tokens import make_token
from workflows.models import HumanTask, StepExecution
from workflows.testing import drain, registered


class Journey:
    """An instance of a pattern and what can happen to it."""

    def __init__(self, definition: WorkflowDefinition, user: User, data: dict[str, Any]) -> None:
        self.user = user
        self.instance = engine.start_workflow(definition.name, user=user, initial_data=data)
        drain()

    @property
    def status(self) -> str:
        self.instance.refresh_from_db()
        return str(self.instance.status)

    @property
    def ended(self) -> list[str]:
        """The steps of the top level that have succeeded, in the order of their ends."""
        rows = StepExecution.objects.filter(instance=self.instance, scope=0, status="succeeded")
        return [row.path for row in rows.order_by("finished_at", "id")]

    def open(self, status: str = "waiting") -> list[str]:
        """Give the paths of what waits and is no group."""
        rows = StepExecution.objects.filter(instance=self.instance, status=status)
        return sorted(row.path for row in rows.exclude(kind="group"))

    def happens(self, path: str, place: int = 0) -> None:
        """Let the event come that a step waits for: the first that does, or the one at `place`."""
        rows = StepExecution.objects.filter(instance=self.instance, path=path, status="waiting")
        row = rows.select_related("instance").order_by("id")[place]
        address = address_of(Transition(row.instance, timezone.now()), row)
        engine.receive_webhook(make_token(address), {})
        drain()

    def decides(self, path: str, **data: Any) -> None:
        """Let the person decide that a step asks."""
        task = HumanTask.objects.open().get(instance=self.instance, step=path)
        engine.complete_human_task(task, user=self.user, data=data)
        drain()

    def days_pass(self, days: int) -> None:
        """Let time pass."""
        drain(now=timezone.now() + timedelta(days=days))


Begin = Callable[..., Journey]


@pytest.fixture
def begin(ana: User) -> Iterator[Begin]:
    """Give a function that starts a pattern."""
    with ExitStack() as stack:

        def start(definition: WorkflowDefinition, **data: Any) -> Journey:
            stack.enter_context(registered(definition))
            return Journey(definition, ana, data)

        yield start

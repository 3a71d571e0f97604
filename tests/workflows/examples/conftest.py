"""Fixtures for the examples: people for their groups, and a way to run what is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.people import person
from workflows import engine
from workflows.models import StepExecution, WorkflowInstance
from workflows.testing import drain

Start = Callable[..., WorkflowInstance]
Decide = Callable[..., WorkflowInstance]


@pytest.fixture
def start(db: None) -> Start:
    """Give a function that starts an example and runs what is due."""

    def start(workflow: str, user: User, **data: Any) -> WorkflowInstance:
        instance = engine.start_workflow(workflow, initial_data=data, user=user)
        drain()
        instance.refresh_from_db()
        return instance

    return start


@pytest.fixture
def decide(db: None) -> Decide:
    """Give a function that completes a task and runs what is due when nobody takes it back."""

    def decide(instance: WorkflowInstance, step: str, user: User, **data: Any) -> WorkflowInstance:
        task = engine.complete_human_task(
            instance_id=instance.pk, step_name=step, user=user, data=data
        )
        drain(now=StepExecution.objects.get(pk=task.execution_id).due_at)
        instance.refresh_from_db()
        return instance

    return decide


@pytest.fixture
def dana(db: None) -> User:
    """Give the director."""
    return person("dana", groups=("directors",))

"""Fixtures for tests of the engine: register a definition for one test, run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from workflows import WorkflowDefinition, engine
from workflows.models import StepExecution, WorkflowInstance
from workflows.testing import drain, registered


@pytest.fixture
def register() -> Iterator[Callable[[WorkflowDefinition], WorkflowDefinition]]:
    """Give a function that registers a definition until the test ends."""
    with ExitStack() as stack:

        def for_this_test(definition: WorkflowDefinition) -> WorkflowDefinition:
            stack.enter_context(registered(definition))
            return definition

        yield for_this_test


@pytest.fixture
def run(
    db: None, register: Callable[[WorkflowDefinition], WorkflowDefinition]
) -> Callable[..., WorkflowInstance]:
    """Give a function that starts a definition and runs all that is due."""

    def start(definition: WorkflowDefinition, **arguments: Any) -> WorkflowInstance:
        register(definition)
        instance = engine.start_workflow(definition.name, **arguments)
        drain()
        instance.refresh_from_db()
        return instance

    return start


@pytest.fixture
def statuses() -> Callable[[WorkflowInstance], dict[str, str]]:
    """Give a function that tells the status of each step's last visit."""

    def of(instance: WorkflowInstance) -> dict[str, str]:
        rows = StepExecution.objects.filter(instance=instance).order_by("id")
        return {row.path: str(row.status) for row in rows}

    return of


@pytest.fixture
def managers(ben: User) -> Group:
    """Give a group with Ben in it."""
    group, _ = Group.objects.get_or_create(name="managers")
    ben.groups.add(group)
    return group

"""Workflows in every state that administrators deal with, and administrators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from tests.people import person
from tests.workflows.definitions import Note
from workflows import (
    BaseHumanStep,
    BaseMachineStep,
    Edge,
    WorkflowContext,
    WorkflowDefinition,
    engine,
)
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain, registered

MODELS = (
    *("workflowinstance", "stepexecution", "humantask", "event", "incident"),
    *("storeddefinition", "worker", "attachment"),
)


class Print(BaseMachineStep):
    """Fails for as long as there is no paper."""

    paper = False

    def execute(self, context: WorkflowContext) -> str:
        """Print, or say what is missing."""
        if not self.paper:
            raise OSError("No <b>paper</b>.")
        return "printed"


class Ask(BaseHumanStep):
    """Asks the managers."""

    title = "May they go?"
    form_schema = {
        "type": "object",
        "properties": {"approved": {"type": "boolean"}},
        "required": ["approved"],
    }

    def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        """Name the managers."""
        return ["managers"]


class Workflows:
    """Starts what tests need: letters, which fail, and leave, which waits for a manager."""

    def __init__(self) -> None:
        self.printer = Print()
        edges = [Edge("write", "print")]
        self.letter = WorkflowDefinition(
            name="letter",
            steps={"write": Note(), "print": self.printer},
            edges=edges,
            summary="Letter to {to}",
            reference="number",
        )
        self.leave = WorkflowDefinition(
            name="leave", steps={"ask": Ask()}, summary="Leave of {who}", reference="number"
        )

    def start(self, name: str, **data: Any) -> WorkflowInstance:
        """Start an instance and run what is due."""
        started = engine.start_workflow(name, initial_data=data)
        drain()
        started.refresh_from_db()
        return started

    def failed(self, **data: Any) -> WorkflowInstance:
        """Start a letter, which fails at the printer."""
        return self.start("letter", **{"to": "Ana", **data})

    def waiting(self, **data: Any) -> WorkflowInstance:
        """Start a leave, which waits for a manager."""
        return self.start("leave", **{"who": "Ana", **data})

    def task(self, **data: Any) -> HumanTask:
        """Start a leave and give its task."""
        return HumanTask.objects.select_related("instance").get(instance=self.waiting(**data))


@pytest.fixture
def workflows(db: None, ben: User) -> Iterator[Workflows]:
    """Give the workflows, and Ben, who is a manager."""
    with ExitStack() as stack:
        found = Workflows()
        stack.enter_context(registered(found.letter, found.leave))
        yield found


@pytest.fixture
def superuser(client: Client, admin: User) -> Client:
    """Give a client in which the superuser is signed in."""
    client.force_login(admin)
    return client


@pytest.fixture
def administrator(db: None) -> Callable[..., User]:
    """Give a function that makes a member of staff with roles such as `administer_letter`."""

    def make(username: str, *roles: str, models: tuple[str, ...] = MODELS) -> User:
        user = person(username)
        user.is_staff = True
        user.save()
        kind = ContentType.objects.get_for_model(WorkflowInstance)
        held = [
            Permission.objects.get_or_create(
                codename=role, content_type=kind, defaults={"name": role}
            )[0]
            for role in roles
        ]
        seen = Permission.objects.filter(
            content_type__app_label="workflows", codename__in=[f"view_{name}" for name in models]
        )
        user.user_permissions.set([*held, *seen])
        return user

    return make

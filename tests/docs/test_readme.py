"""The README's first workflow runs as it stands there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User

from tests.docs.blocks import blocks_of
from workflows import WorkflowDefinition, engine
from workflows.definition.registry import registry
from workflows.models import HumanTask
from workflows.testing import drain

FIRST, SECOND = (block.text for block in blocks_of("README.md") if block.language == "python")


@pytest.fixture
def readme(db: None) -> Iterator[dict[str, object]]:
    """Give the names that the first block defines, registered until the test ends."""
    names: dict[str, object] = {"__name__": "readme"}
    exec(compile(FIRST, "README.md", "exec"), names)  # noqa: S102 - it is ours
    yield names
    definition = names["leave_request"]
    assert isinstance(definition, WorkflowDefinition)
    registry.unregister(definition)


@pytest.mark.parametrize(("approved", "status"), [(True, "approved"), (False, "rejected")])
def test_the_first_workflow_runs(
    readme: dict[str, object], ana: User, ben: User, approved: bool, status: str
) -> None:
    exec(compile(SECOND, "README.md", "exec"), {**readme, "ana": ana})  # noqa: S102 - it is ours
    drain()
    task = HumanTask.objects.get()
    assert (task.title, task.summary) == ("Approve leave", "5 days of leave")

    engine.complete_human_task(task, user=ben, data={"approved": approved})
    drain()

    task.instance.refresh_from_db()
    assert (task.instance.status, task.instance.data["status"]) == ("completed", status)


def test_the_first_workflow_is_short() -> None:
    assert len([line for line in FIRST.splitlines() if line.strip()]) <= 32

"""Suspended instances: what is held is still to be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync

from tests.workflows.definitions import graph
from workflows import Edge, WorkflowDefinition, engine
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.queue.claims import claim
from workflows.engine.run.finish import finish
from workflows.engine.run.perform import perform
from workflows.engine.work.load import load
from workflows.engine.work.work import Work


def take() -> list[Work]:
    """Take all that is due, as a worker does."""
    return load(claim("worker", 9, lease=timedelta(minutes=5), definitions=runnable_ids()))


def end(work: Work) -> None:
    """Run and report one execution, as a worker does."""
    finish([async_to_sync(perform)(work)])


@pytest.mark.django_db
def test_an_instance_with_work_that_is_held_runs_and_does_not_wait(
    register: Callable[[WorkflowDefinition], WorkflowDefinition],
) -> None:
    register(graph(Edge("start", "a"), Edge("start", "b"), Edge("a", "after")))
    instance = engine.start_workflow("graph")
    end(*take())
    a, b = take()
    engine.suspend(instance)

    end(a)
    end(b)

    instance.refresh_from_db()
    assert instance.executions.get(path="after").status == "held"
    assert instance.status == "running"

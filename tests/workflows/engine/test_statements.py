"""What a machine step costs the database, counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.definitions import Note, sequence
from workflows import WorkflowDefinition, engine
from workflows.models import WorkflowInstance
from workflows.testing import drain

BOUNDARIES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def cost(register: Callable[[WorkflowDefinition], WorkflowDefinition], steps: int) -> list[str]:
    """Give the statements that a worker needs for a chain of steps."""
    name = f"chain{steps}"
    register(sequence(*(Note() for _ in range(steps)), name=name))
    engine.start_workflow(name)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        drain()
    assert WorkflowInstance.objects.get(workflow=name).status == "completed"
    return [query["sql"] for query in queries]


@pytest.mark.django_db(transaction=True)
def test_a_further_machine_step_costs_at_most_six_statements_and_one_commit(
    register: Callable[[WorkflowDefinition], WorkflowDefinition],
) -> None:
    short, long = cost(register, 5), cost(register, 15)

    commits = [sum(sql.startswith("COMMIT") for sql in run) for run in (short, long)]
    plain = [sum(not sql.startswith(BOUNDARIES) for sql in run) for run in (short, long)]
    assert commits[1] - commits[0] == 10
    assert plain[1] - plain[0] <= 60

"""Where each button leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.expenses import APPROVE, REJECT, start_expense
from tests.workflows.asking import Ask
from tests.workflows.definitions import Note, graph, sequence
from workflows import Edge, ParallelGroup, WorkflowContext
from workflows.engine import queries
from workflows.engine.queries.consequences import Lead
from workflows.models import HumanTask, WorkflowInstance

Run = Callable[..., WorkflowInstance]
APPROVED = "context.get('decision') == 'approve'"


def leads(run: Run, *edges: Edge) -> dict[str, list[Lead]]:
    """Give where the buttons of step `ask` lead."""
    run(graph(*edges, ask=Ask("ben")))
    return queries.leads_of(HumanTask.objects.get())


def test_conditions_about_the_outcome_are_told_for_certain(ana: User) -> None:
    assert queries.leads_of(start_expense(ana)) == {
        APPROVE: [Lead("Book", True)],
        REJECT: [Lead("Notify of rejection", True)],
    }


def large(context: WorkflowContext) -> bool:
    """Tell something that only data of later can tell."""
    raise AssertionError("Nothing of the workflow's code is asked for it.")


@pytest.mark.parametrize(
    "condition",
    [large, "context.get('decision') == 'approve' and context.get('amount') > 5", "context.visit"],
)
def test_what_depends_on_anything_else_may_follow(run: Run, ben: User, condition: Any) -> None:
    found = leads(run, Edge("ask", "yes", condition), Edge("ask", "always"))

    assert found[APPROVE] == [Lead("Yes", False), Lead("Always", True)]


def test_a_decision_without_an_edge_leads_to_no_step(run: Run, ben: User) -> None:
    assert leads(run, Edge("ask", "yes", APPROVED)) == {APPROVE: [Lead("Yes", True)], REJECT: []}


def test_inside_a_group_the_buttons_say_nothing(run: Run, ben: User) -> None:
    run(sequence(ParallelGroup(Ask("ben"), Note())))

    assert queries.leads_of(HumanTask.objects.get()) == {}

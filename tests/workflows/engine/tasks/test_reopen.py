"""Reopening is offered exactly where it works; elsewhere it is said why, and what does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Note, graph, sequence
from workflows import Edge, ParallelGroup, WorkflowDefinition, engine
from workflows.engine import queries
from workflows.exceptions import NotAllowed, WorkflowError, WrongState
from workflows.models import HumanTask, InstanceStatus, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]
TOO_LATE = "this decision can no longer be reopened"


def asks(**said: Any) -> Ask:
    """Give a step that asks the managers."""
    return Ask(groups=("managers",), **said)


def impossible() -> WorkflowDefinition:
    """Give a workflow in which nothing follows from an approval."""
    only_reject = Edge("ask", "next", "context.get('decision') == 'reject'")
    return graph(only_reject, ask=asks(), name="impossible")


def decided(run: Run, ben: User, definition: WorkflowDefinition, *, gone_on: bool) -> HumanTask:
    """Give the first task of a workflow, decided."""
    run(definition)
    first = HumanTask.objects.order_by("created_at", "pk").first()
    task = engine.complete_human_task(first, user=ben, data=APPROVE)
    if gone_on:
        drain()
    return queries.find_task(task.pk)


CASES: dict[str, tuple[Callable[[], WorkflowDefinition], bool]] = {
    "not left": (lambda: sequence(asks(), Note()), False),
    "completed": (lambda: sequence(asks(), Note()), True),
    "asked again": (lambda: sequence(asks(), asks()), True),
    "failed on leaving": (impossible, True),
    "beside another": (lambda: sequence(ParallelGroup(asks(), asks()), Note()), True),
}


@pytest.mark.parametrize("end", ["", "cancel", "suspend"])
@pytest.mark.parametrize("case", [*CASES])
def test_what_is_offered_works_and_nothing_else_does(
    run: Run, admin: User, ben: User, managers: Group, case: str, end: str
) -> None:
    definition, gone_on = CASES[case]
    task = decided(run, ben, definition(), gone_on=gone_on)
    if end and not task.instance.has_ended:
        {"cancel": engine.cancel_workflow, "suspend": engine.suspend}[end](task.instance_id)
    answer = queries.task_access(admin, queries.find_task(task.pk))

    assert works(lambda: engine.reopen(task.pk, user=admin, reason="Wrong.")) == answer.may_reopen
    if not answer.may_reopen:
        assert answer.is_kept_from_reopening
        assert TOO_LATE in queries.why_not_reopened(queries.find_task(task.pk))
        assert (
            works(lambda: engine.retry(task.instance_id, from_step=task.step, user=admin))
            == answer.may_retry
        )


def works(act: Callable[[], object]) -> bool:
    """Whether a verb does what it is for."""
    try:
        act()
    except WorkflowError:
        return False
    return True


def test_the_refusal_says_where_the_workflow_is(
    run: Run, admin: User, ben: User, managers: Group
) -> None:
    definition = sequence(asks(), asks(title="Pay it"))
    task = decided(run, ben, definition, gone_on=True)

    with pytest.raises(WrongState, match=f"^The workflow has gone on to “Pay it”; {TOO_LATE}"):
        engine.reopen(task.pk, user=admin, reason="It was wrong.")
    with pytest.raises(WrongState, match="has gone on"):
        engine.reopen(task.pk, user=None, reason="It was wrong.")
    with pytest.raises(NotAllowed):
        engine.reopen(task.pk, user=ben, reason="It was wrong.")


def test_of_a_request_that_has_ended_the_end_is_said(
    run: Run, admin: User, ben: User, managers: Group
) -> None:
    task = decided(run, ben, sequence(asks(), Note()), gone_on=True)
    assert task.instance.status == InstanceStatus.COMPLETED

    with pytest.raises(WrongState, match=f"^The request is completed; {TOO_LATE}"):
        engine.reopen(task.pk, user=admin, reason="It was wrong.")
    assert not queries.task_access(admin, task).may_retry


def test_whoever_does_not_administer_the_workflow_is_offered_neither(
    run: Run, ana: User, ben: User, managers: Group
) -> None:
    task = decided(run, ben, sequence(asks(), asks()), gone_on=True)
    answer = queries.task_access(ben, task)

    assert answer.has_gone_on
    assert not answer.may_reopen
    assert not answer.may_retry

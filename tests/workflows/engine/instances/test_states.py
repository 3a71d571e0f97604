"""Every cell of the table of instances in docs/states.md, tried against the engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.docs.blocks import ROOT
from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Do, sequence
from workflows import WorkflowContext, engine, exceptions
from workflows.models import HumanTask, InstanceStatus, WorkflowInstance
from workflows.testing import drain

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

Run = Callable[..., WorkflowInstance]
PAGE = (ROOT / "docs/states.md").read_text(encoding="utf-8")


def table(heading: str) -> dict[tuple[str, str], str]:
    """Give the first table below a heading: cell per verb and state."""
    below = PAGE.partition(f"\n{heading}\n")[2]
    rows = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in re.findall(r"^\|.*\|$", below.partition("\n#")[0], re.MULTILINE)
    ]
    states = rows[0][1:]
    return {
        (verb, state): cell
        for verb, *cells in rows[2:]
        for state, cell in zip(states, cells, strict=True)
    }


INSTANCES = table("### Verbs on instances")


def cells(of: dict[tuple[str, str], str]) -> list[Any]:
    """Give a table's cells as parameters of a test."""
    return [
        pytest.param(verb, state, result, id=f"{verb} when {state}")
        for (verb, state), result in of.items()
    ]


def check(result: str, act: Callable[[], Any], state: Callable[[], str]) -> None:
    """Act; what is refused leaves the state as it was."""
    if result[0].isupper():
        before = state()
        with pytest.raises(getattr(exceptions, result)) as caught:
            act()
        assert type(caught.value).__name__ == result
        assert state() == before
    else:
        act()
        assert state() == result


def may_fail(context: WorkflowContext) -> None:
    """Fail if the data say so."""
    if context.get("fail"):
        raise RuntimeError("It was told to.")


def instance_in(state: str, run: Run, ben: User) -> WorkflowInstance:
    """Bring an instance into a state."""
    data = {"fail": state == "failed"}
    instance = run(sequence(Do(may_fail), Ask(to="ben")), initial_data=data)
    match state:
        case "running":
            instance = engine.start_workflow("sequence", initial_data=data)
        case "suspended":
            engine.suspend(instance)
        case "canceled":
            engine.cancel_workflow(instance)
        case "completed":
            task = HumanTask.objects.get(instance=instance)
            engine.complete_human_task(task, user=ben, data=APPROVE)
            drain()
    return instance


def state_of(instance: WorkflowInstance) -> str:
    """Give the state of an instance in the words of the table."""
    instance.refresh_from_db()
    is_suspended = instance.suspended_at is not None and not instance.has_ended
    return "suspended" if is_suspended else str(instance.status)


VERBS: dict[str, Callable[[WorkflowInstance], Any]] = {
    "cancel": engine.cancel_workflow,
    "suspend": engine.suspend,
    "resume": engine.resume,
    "retry": engine.retry,
    "retry from a step": lambda instance: engine.retry(instance, from_step="b"),
}


@pytest.mark.parametrize(("verb", "state", "result"), cells(INSTANCES))
def test_a_verb_does_to_an_instance_what_the_table_says(
    run: Run, ben: User, verb: str, state: str, result: str
) -> None:
    instance = instance_in(state, run, ben)
    assert state_of(instance) == state

    check(result, lambda: VERBS[verb](instance), lambda: state_of(instance))


def test_the_table_is_whole() -> None:
    statuses = {str(status) for status in InstanceStatus} - {"pending"}
    assert {state for _, state in INSTANCES} == {*statuses, "suspended"}
    assert {verb for verb, _ in INSTANCES} == set(VERBS)


def test_a_suspended_instance_that_was_cancelled_is_not_resumed(run: Run, ben: User) -> None:
    instance = instance_in("suspended", run, ben)
    engine.cancel_workflow(instance)

    with pytest.raises(exceptions.WrongState, match="canceled"):
        engine.resume(instance)


def test_a_failed_instance_that_is_suspended_goes_on_when_it_is_resumed(
    run: Run, ben: User
) -> None:
    instance = instance_in("failed", run, ben)
    engine.suspend(instance)
    WorkflowInstance.objects.filter(pk=instance.pk).update(data={"fail": False})

    engine.retry(instance)
    drain()
    assert state_of(instance) == "suspended"
    assert not HumanTask.objects.filter(instance=instance).exists()
    engine.resume(instance)
    drain()

    assert state_of(instance) == "waiting"

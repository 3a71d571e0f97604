"""Which instances cannot move to another version, each told why, and left exactly as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflows.asking import APPROVE, FORM, Ask
from tests.workflows.definitions import Note
from tests.workflows.engine.instances.moving import Pause, at, migrate, version, waiting_on
from workflows import (
    ParallelGroup,
    RaceGroup,
    SequentialGroup,
    Step,
    WebhookStep,
    WorkflowDefinition,
    engine,
)
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.queue.claims import claim
from workflows.models import Event, HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain, registered

pytestmark = pytest.mark.django_db

LONGER = {**FORM, "required": ["decision", "comment"]}


def refused(
    instance: WorkflowInstance, new: WorkflowDefinition, mapping: dict[str, str] | None = None
) -> str:
    """Try to move the instance; give why it stays, as it was."""
    before = at(instance), instance.definition_id
    with registered(new):
        previewed = migrate(new, dry_run=True, mapping=mapping)
        answer = migrate(new, mapping=mapping)
    instance.refresh_from_db()
    assert not answer.moved
    assert previewed.refusals == answer.refusals
    assert (at(instance), instance.definition_id) == before
    assert not Event.objects.filter(kind="instance.migrated").exists()
    return " ".join(answer.refusals)


def test_what_is_running_right_now() -> None:
    old, new = version("1", ("a", "b")), version("2", ("a", "b"), ("b", "c"))
    with registered(old):
        instance = engine.start_workflow("moving")
        claim("worker", 1, lease=timedelta(minutes=1), definitions=runnable_ids().keys())

    assert refused(instance, new) == (
        "It is running right now (a): try again, or suspend it first."
    )


def test_an_active_step_that_the_new_version_lacks(ben: User) -> None:
    with waiting_on(version("1", ("ask", "end"), ask=Ask("ben"))) as instance:
        assert refused(instance, version("2", ("approval", "end"), approval=Ask("ben"))) == (
            "ask is active, and version 2 has no step ask: map it."
        )


def test_a_step_of_another_kind() -> None:
    with waiting_on(version("1", ("nap", "end"), nap=Pause())) as instance:
        assert refused(instance, version("2", ("nap", "end"), nap=Note())) == (
            "nap is of the kind timer, and nap of the kind machine."
        )


@pytest.mark.parametrize(
    "group",
    [
        ParallelGroup(Ask("ben"), Pause(), Note()),
        ParallelGroup(Pause(), Ask("ben")),
        RaceGroup(Ask("ben"), Pause()),
    ],
    ids=["another child", "another order", "other rules"],
)
def test_an_open_group_of_another_structure(ben: User, group: Step) -> None:
    old = version("1", ("group", "end"), group=ParallelGroup(Ask("ben"), Pause()))

    with waiting_on(old) as instance:
        assert refused(instance, version("2", ("group", "end"), group=group)) == (
            "Group group is open, and has other steps or rules in 2."
        )


def test_a_child_that_would_leave_its_group(ben: User) -> None:
    old = version("1", ("group", "end"), group=SequentialGroup(Ask("ben")))
    new = version("2", ("group", "ask"), group=SequentialGroup(Note()), ask=Ask("ben"))

    with waiting_on(old) as instance:
        why = refused(instance, new, {"group/ask": "ask"})

    assert "group/ask would be in another group than now." in why


def test_a_task_whose_form_is_another_one(ben: User) -> None:
    with waiting_on(version("1", ("ask", "end"), ask=Ask("ben"))) as instance:
        new = version("2", ("ask", "end"), ask=Ask("ben", form_schema=LONGER))
        assert refused(instance, new) == (
            "The form of ask is another one in 2: ask again, or wait."
        )


def test_a_decision_on_a_form_that_is_another_one(ben: User) -> None:
    old = version("1", ("ask", "end"), ask=Ask("ben", undo=timedelta(hours=1)))
    with waiting_on(old) as instance, registered(old):
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    new = version("2", ("ask", "end"), ask=Ask("ben", form_schema=LONGER))

    assert refused(instance, new) == "ask was decided on a form that is another one in 2."


def test_a_branch_that_came_along_an_edge_that_is_gone() -> None:
    ways = [("fork", "quick"), ("fork", "slow"), ("slow", "meet")]
    old = version("1", *ways, ("quick", "meet"), slow=Pause())
    new = version("2", *ways, ("quick", "new"), ("new", "meet"), slow=Pause())

    with waiting_on(old) as instance:
        assert refused(instance, new) == ("A branch came to meet from quick; 2 has no such edge.")


def test_two_visited_steps_that_would_become_one(ben: User) -> None:
    old = version("1", ("a", "ask"), ask=Ask("ben"))
    new = version("2", ("one", "ask"), ask=Ask("ben"))

    with waiting_on(old) as instance:
        why = refused(instance, new, {"a": "one", "ask": "one"})

    assert "a and ask were both visited and would both be one." in why


def test_a_webhook_step_whose_name_another_one_takes_over() -> None:
    class Call(WebhookStep):
        pass

    old = version("1", ("nap", "call"), nap=Pause(), call=Call())
    new = version("2", ("nap", "first"), ("first", "call"), nap=Pause(), call=Call(), first=Call())

    with waiting_on(old) as instance:
        assert refused(instance, new, {"call": "first"}) == (
            "Addresses given away for call would lead to another step."
        )


def test_what_has_ended_or_is_elsewhere(ben: User) -> None:
    old, new = (
        version("1", ("ask", "end"), ask=Ask("ben")),
        version("2", ("ask", "x"), ask=Ask("ben")),
    )
    with waiting_on(old) as instance, registered(new):
        engine.cancel_workflow(instance)
        other = engine.start_workflow("moving", version="2")

        assert engine.migrate_instances("moving", "1", "2", dry_run=False) == []
        chosen = engine.migrate_instances("moving", "1", "2", instances=[instance, other])

    assert [answer.refusals for answer in chosen] == [
        ("It has ended.",),
        ("It is on another version than 1.",),
    ]


def test_one_that_has_to_stay_does_not_keep_the_others(ben: User) -> None:
    old = version("1", ("nap", "ask"), nap=Pause(), ask=Ask("ben"))
    new = version("2", ("nap", "other"), nap=Pause())
    with waiting_on(old) as staying, registered(old):
        StepExecution.objects.update(due_at=timezone.now())
        drain()
    with waiting_on(old) as moving, registered(new):
        answers = engine.migrate_instances("moving", "1", "2", dry_run=False)

    assert {answer.instance.pk: answer.moved for answer in answers} == {
        staying.pk: False,
        moving.pk: True,
    }

"""Claims with a lease, questions with a time-out, overrides, and reopening."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Note, sequence
from workflows import engine
from workflows.engine import lists, queries
from workflows.engine.store import clock
from workflows.exceptions import InvalidSubmission, NotAllowed, TaskClosed, WrongState
from workflows.models import (
    Draft,
    Event,
    HumanTask,
    Incident,
    InstanceStatus,
    Question,
    StepExecution,
    WorkflowInstance,
)
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]
HOUR = timedelta(hours=1)


def asked(run: Run, **said: Any) -> HumanTask:
    """Give a task that was offered to the managers."""
    run(sequence(Ask(groups=("managers",), **said), Note()))
    return queries.find_task(HumanTask.objects.get().pk)


def test_a_claim_ends_by_itself_and_its_draft_stays(run: Run, ben: User, managers: Group) -> None:
    task = engine.claim(asked(run, claim_lease=HOUR), user=ben)
    engine.save_draft(task, user=ben, fields={"d/comment": ["Words"]}, form="one")

    drain(now=timezone.now() + 2 * HOUR)

    task.refresh_from_db()
    assert (task.status, task.assignee, task.lease_until) == ("ready", None, None)
    assert Draft.objects.get().fields == {"d/comment": ["Words"]}
    assert [row.task for row in lists.tasks_for(ben, "team")] == [task]


def test_work_on_a_draft_extends_the_claim(run: Run, ben: User, managers: Group) -> None:
    task = engine.claim(asked(run, claim_lease=HOUR), user=ben)
    start = timezone.now()
    with clock.at(start + HOUR / 2):
        engine.save_draft(task, user=ben, fields={"d/comment": ["Words"]}, form="one")

    drain(now=start + HOUR * 1.2)
    assert HumanTask.objects.get().assignee == ben
    drain(now=start + HOUR * 1.6)

    assert HumanTask.objects.get().assignee is None
    assert Event.objects.filter(kind="task.lease_ended").count() == 1


def test_a_claim_that_was_given_back_before_is_left_alone_by_the_clock(
    run: Run, ben: User, managers: Group
) -> None:
    task = engine.claim(asked(run, claim_lease=HOUR), user=ben)
    engine.release(task, user=ben)

    drain(now=timezone.now() + 2 * HOUR)

    assert not Event.objects.filter(kind="task.lease_ended").exists()
    assert StepExecution.objects.get(kind="lease").status == "canceled"


def test_an_answer_that_does_not_come_gives_the_task_back(
    run: Run, ana: User, ben: User, managers: Group
) -> None:
    task = engine.ask(asked(run, answer_within=HOUR), user=ben, of=ana, question="Why?")

    drain(now=timezone.now() + 2 * HOUR)

    task.refresh_from_db()
    assert (task.status, task.assignee) == ("reserved", ben)
    assert Question.objects.get().closed_at is not None
    with pytest.raises(WrongState):
        engine.answer(task.pk, user=ana, text="Too late")


def test_the_time_of_a_first_question_does_not_end_a_second_one(
    run: Run, ana: User, ben: User, managers: Group
) -> None:
    task = engine.ask(asked(run, answer_within=HOUR), user=ben, of=ana, question="Why?")
    engine.recall(task, user=ben)
    start = timezone.now()
    with clock.at(start + HOUR / 2):
        engine.ask(task.pk, user=ben, of=ana, question="And how?")

    drain(now=start + HOUR * 1.2)

    assert HumanTask.objects.get().status == "info_requested"


def test_an_override_needs_a_reason_and_is_marked(
    run: Run, admin: User, ben: User, managers: Group
) -> None:
    task = asked(run)
    with pytest.raises(InvalidSubmission):
        engine.override(task, user=admin, data=APPROVE, reason=" ")
    with pytest.raises(NotAllowed):
        engine.override(task, user=ben, data=APPROVE, reason="I want to.")

    engine.override(task, user=admin, data=APPROVE, reason="Everybody is away.")

    task.refresh_from_db()
    assert task.overridden_at is not None
    assert task.closed_reason == "Everybody is away."
    assert Event.objects.get(kind="task.overridden").actor == admin
    assert not Event.objects.filter(kind="task.completed").exists()


def test_what_has_gone_on_is_not_reopened(
    run: Run, admin: User, ben: User, managers: Group
) -> None:
    task = engine.complete_human_task(asked(run), user=ben, data=APPROVE)
    drain()

    with pytest.raises(WrongState, match="this decision can no longer be reopened"):
        engine.reopen(task.pk, user=admin, reason="It was wrong.")


def test_a_decision_that_broke_a_condition_can_be_asked_for_again(
    run: Run, admin: User, ben: User, managers: Group
) -> None:
    from tests.workflows.definitions import graph
    from workflows import Edge

    step = Ask(groups=("managers",))
    run(graph(Edge("ask", "next", "context.get('decision') == 'reject'"), ask=step))
    task = engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()
    assert WorkflowInstance.objects.get().status == InstanceStatus.FAILED

    engine.reopen(task.pk, user=admin, reason="Nothing follows from an approval.")
    assert WorkflowInstance.objects.get().status == InstanceStatus.WAITING
    assert not Incident.objects.filter(resolved_at=None).exists()
    engine.complete_human_task(task.pk, user=ben, data={"decision": "reject"})
    drain()

    assert WorkflowInstance.objects.get().status == InstanceStatus.COMPLETED


def test_whoever_comes_too_late_is_told_how_it_ended(
    run: Run, ana: User, ben: User, managers: Group
) -> None:
    task = asked(run, timeout_outcome=APPROVE, get_due_date=lambda context: HOUR)
    drain(now=timezone.now() + 2 * HOUR)
    with pytest.raises(TaskClosed, match=r"ran out on .+, which counts as: Approve"):
        engine.claim(task.pk, user=ben)


def test_whoever_lost_a_task_is_told_who_has_it(
    run: Run, admin: User, ben: User, managers: Group
) -> None:
    task = engine.claim(asked(run), user=ben)
    ben.groups.clear()
    engine.take_over(task, user=admin, reason="Urgent.")

    answer = queries.task_access(User.objects.get(pk=ben.pk), queries.find_task(task.pk))

    assert answer.may_see
    assert answer.why_not == "It is no longer yours: Ada has it now."

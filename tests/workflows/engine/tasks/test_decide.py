"""Deciding a task: what is kept, what is refused, and who wins a race."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Note, graph, sequence
from workflows import Edge, Outcome, Outcomes, WorkflowContext, engine
from workflows.engine import lists, queries
from workflows.exceptions import (
    AlreadySent,
    BadAnswer,
    FormChanged,
    InvalidSubmission,
    TaskClosed,
)
from workflows.models import Event, HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]


def test_the_assignee_decides_and_the_workflow_goes_on(run: Run, ana: User, ben: User) -> None:
    instance = run(sequence(Ask("ben"), Note()), user=ana)
    task = HumanTask.objects.get()
    assert (instance.status, task.status, task.assignee) == ("waiting", "reserved", ben)

    engine.complete_human_task(task, user=ben, data={**APPROVE, "comment": "Fine."})
    drain()

    instance.refresh_from_db()
    task.refresh_from_db()
    assert instance.status == "completed"
    assert instance.data["decision"] == "approve"
    assert (task.status, task.outcome, task.outcome_label) == ("completed", "approve", "Approve")
    assert task.decided_by == ben


def test_the_submission_is_the_result_and_only_declared_properties_are_kept(
    run: Run, ben: User
) -> None:
    instance = run(sequence(Ask("ben")), initial_data={"amount": 5})
    engine.complete_human_task(
        instance_id=instance.pk, step_name="a", user=ben, data={**APPROVE, "amount": 1_000_000}
    )
    drain()

    instance.refresh_from_db()
    assert instance.data == {"amount": 5, "decision": "approve"}
    assert StepExecution.objects.get(path="a").result == APPROVE


def test_a_decision_that_does_not_fit_is_refused_with_messages_per_field(
    run: Run, ben: User
) -> None:
    run(sequence(Ask("ben")))

    with pytest.raises(InvalidSubmission) as caught:
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data={"comment": 7})

    assert set(caught.value.errors) == {"/decision", "/comment"}
    assert HumanTask.objects.get().status == "reserved"


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        (["Not today."], {"": ["Not today."]}),
        ({"/comment": "Say more."}, {"/comment": ["Say more."]}),
    ],
)
def test_a_steps_own_validation_is_asked(
    run: Run, ben: User, said: Any, errors: Mapping[str, list[str]]
) -> None:
    async def validate(context: WorkflowContext, data: dict[str, Any]) -> Any:
        return said

    run(sequence(Ask("ben", validate_submission=validate)))

    with pytest.raises(InvalidSubmission) as caught:
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    assert caught.value.errors == errors


def test_an_outcome_may_require_a_reason(run: Run, ben: User) -> None:
    outcomes = Outcomes(
        "decision", (Outcome("approve"), Outcome("reject", requires_reason=True, tone="bad"))
    )
    run(sequence(Ask("ben", outcomes=outcomes)))
    task = HumanTask.objects.get()

    with pytest.raises(InvalidSubmission) as caught:
        engine.complete_human_task(task, user=ben, data={"decision": "reject", "comment": " "})
    assert list(caught.value.errors) == ["/comment"]
    engine.complete_human_task(task, user=ben, data={"decision": "reject", "comment": "Too dear"})


def test_a_ready_task_is_taken_and_decided_in_one_step(
    run: Run, ben: User, managers: Group
) -> None:
    run(sequence(Ask(groups=("managers",))))

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)

    assert HumanTask.objects.get().decided_by == ben
    assert [row.task_id for row in lists.tasks_for(ben, "done")] == [HumanTask.objects.get().pk]


def test_the_second_to_decide_is_told_who_was_first(
    run: Run, ben: User, cleo: User, managers: Group
) -> None:
    cleo.groups.add(managers)
    run(sequence(Ask(groups=("managers",))))
    bens = HumanTask.objects.get()
    cleos = queries.whole_tasks().get()

    engine.complete_human_task(bens, user=ben, data=APPROVE)
    with pytest.raises(TaskClosed) as caught:
        engine.complete_human_task(cleos, user=cleo, data={"decision": "reject"})

    assert (caught.value.by, caught.value.outcome) == (queries.display_name(ben), "Approve")
    assert caught.value.at == HumanTask.objects.get().decided_at
    assert Event.objects.filter(kind="task.completed").count() == 1


def test_the_same_submission_twice_at_the_same_moment_decides_once_and_answers_twice(
    run: Run, ben: User
) -> None:
    run(sequence(Ask("ben")))
    before, same = queries.whole_tasks().get(), queries.whole_tasks().get()

    engine.complete_human_task(before, user=ben, data=APPROVE, submission_id="once")
    answer = engine.complete_human_task(same, user=ben, data=APPROVE, submission_id="once")

    assert (answer.status, answer.decided_by) == ("completed", ben)
    assert Event.objects.filter(kind="task.completed").count() == 1


def test_the_same_submission_twice_decides_once(run: Run, ben: User) -> None:
    run(sequence(Ask("ben")))
    for _ in range(2):
        task = engine.complete_human_task(
            HumanTask.objects.get(), user=ben, data=APPROVE, submission_id="once"
        )
        assert task.outcome == "approve"
    assert Event.objects.filter(kind="task.completed").count() == 1


@pytest.mark.parametrize("other", [{"decision": "reject"}, {**APPROVE, "comment": "No."}])
def test_the_same_submission_with_other_data_is_told_what_was_recorded(
    run: Run, ben: User, other: dict[str, Any]
) -> None:
    run(sequence(Ask("ben")))
    stale = queries.whole_tasks().get()
    for task in (queries.whole_tasks().get(), HumanTask.objects.get()):
        engine.complete_human_task(task, user=ben, data=APPROVE, submission_id="once")

    for again in (stale, HumanTask.objects.get()):
        with pytest.raises(AlreadySent, match="already sent: Approve") as told:
            engine.complete_human_task(again, user=ben, data=other, submission_id="once")
        assert told.value.recorded == APPROVE
    assert Event.objects.filter(kind="task.completed").count() == 1


def test_a_form_that_has_changed_decides_nothing_but_who_was_first_is_told_first(
    run: Run, ben: User, admin: User
) -> None:
    run(sequence(Ask("ben")))
    form = queries.task_form(queries.whole_tasks().get()).fingerprint
    with pytest.raises(FormChanged):
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE, form="other")
    with pytest.raises(FormChanged):
        engine.override(
            HumanTask.objects.get(), user=admin, data=APPROVE, reason="So.", form="other"
        )
    assert HumanTask.objects.get().is_open

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE, form=form)
    with pytest.raises(TaskClosed):
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE, form="other")


def test_a_step_without_a_form_is_an_acknowledgement(run: Run, ben: User) -> None:
    instance = run(sequence(Ask("ben", form_schema=None)))
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data={"sneaky": 1})
    drain()

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert instance.data == {}


def test_an_error_in_a_condition_after_a_decision_never_loses_the_decision(
    run: Run, ben: User
) -> None:
    definition = graph(Edge("ask", "end", condition="context.get('missing') > 1"), ask=Ask("ben"))
    instance = run(definition)
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()

    instance.refresh_from_db()
    assert instance.status == "failed"
    assert instance.data["decision"] == "approve"
    assert HumanTask.objects.get().status == "completed"


def test_the_system_may_send_the_same_submission_twice_too(run: Run, ben: User) -> None:
    run(sequence(Ask("ben")))
    for _ in range(2):
        task = HumanTask.objects.get()
        engine.complete_human_task(task, user=None, data=APPROVE, submission_id="once")
    assert Event.objects.filter(kind="task.completed").count() == 1


def test_a_check_that_raises_is_the_steps_fault_and_decides_nothing(run: Run, ben: User) -> None:
    def check(context: WorkflowContext, data: dict[str, Any]) -> None:
        raise KeyError("oops")

    run(sequence(Ask("ben", validate_submission=check)))
    with pytest.raises(BadAnswer, match="KeyError"):
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    assert HumanTask.objects.get().is_open

"""Human steps: who is asked, what they may answer, and who wins a race."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from tests.workflows.definitions import Note, sequence
from workflows import BaseHumanStep, Outcome, Outcomes, WorkflowContext, engine
from workflows.exceptions import (
    DataChanged,
    InvalidSubmission,
    NotAllowed,
    TaskClosed,
    WrongState,
)
from workflows.models import Event, HumanTask, Incident, StepExecution, TaskAccess, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]
FORM = {
    "type": "object",
    "properties": {
        "decision": {"type": "string", "enum": ["approve", "reject"]},
        "comment": {"type": "string"},
    },
    "required": ["decision"],
}
APPROVE = {"decision": "approve"}


class Ask(BaseHumanStep):
    """Asks whom it is told to, with whatever attributes it is given."""

    form_schema: dict[str, Any] | None = FORM

    def __init__(self, to: str | None = None, groups: tuple[str, ...] = (), **said: Any) -> None:
        self.to, self.groups = to, groups
        for attribute, value in said.items():
            setattr(self, attribute, value)

    async def get_assignee(self, context: WorkflowContext) -> str | None:
        """Name the assignee."""
        return self.to

    def get_candidate_groups(self, context: WorkflowContext) -> tuple[str, ...]:
        """Name the groups."""
        return self.groups


@pytest.fixture
def managers(ben: User) -> Group:
    """Give a group with Ben in it."""
    group, _ = Group.objects.get_or_create(name="managers")
    ben.groups.add(group)
    return group


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


def test_a_group_is_offered_the_task_and_one_member_takes_it(
    run: Run, ben: User, cleo: User, managers: Group
) -> None:
    cleo.groups.add(managers)
    run(sequence(Ask(groups=("managers",))))
    task = HumanTask.objects.get()
    assert [row.task for row in engine.tasks_for(ben, "team")] == [task]

    engine.claim(task, user=cleo)

    assert [row.task for row in engine.tasks_for(cleo, "mine")] == [task]
    assert not engine.tasks_for(User.objects.get(pk=ben.pk), "team")
    with pytest.raises(WrongState, match="Cleo"):
        engine.claim(task, user=ben)
    with pytest.raises(NotAllowed, match="Cleo"):
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)

    engine.release(task, user=cleo)
    assert [row.task for row in engine.tasks_for(ben, "team")] == [task]


def test_a_ready_task_is_taken_and_decided_in_one_step(
    run: Run, ben: User, managers: Group
) -> None:
    run(sequence(Ask(groups=("managers",))))

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)

    assert HumanTask.objects.get().decided_by == ben
    assert [row.task_id for row in engine.tasks_for(ben, "done")] == [HumanTask.objects.get().pk]


def test_the_second_to_decide_is_told_who_was_first(
    run: Run, ben: User, cleo: User, managers: Group
) -> None:
    cleo.groups.add(managers)
    run(sequence(Ask(groups=("managers",))))
    bens = HumanTask.objects.get()
    cleos = engine.whole_tasks().get()

    engine.complete_human_task(bens, user=ben, data=APPROVE)
    with pytest.raises(TaskClosed) as caught:
        engine.complete_human_task(cleos, user=cleo, data={"decision": "reject"})

    assert (caught.value.by, caught.value.outcome) == (engine.display_name(ben), "Approve")
    assert caught.value.at == HumanTask.objects.get().decided_at
    assert Event.objects.filter(kind="task.completed").count() == 1


def test_the_same_submission_twice_decides_once(run: Run, ben: User) -> None:
    run(sequence(Ask("ben")))
    for _ in range(2):
        task = engine.complete_human_task(
            HumanTask.objects.get(), user=ben, data=APPROVE, submission_id="once"
        )
        assert task.outcome == "approve"
    assert Event.objects.filter(kind="task.completed").count() == 1


def test_strangers_see_nothing_and_may_nothing(run: Run, ana: User, ben: User, cleo: User) -> None:
    run(sequence(Ask("ben")), user=ana)
    task = HumanTask.objects.get()

    assert not engine.task_access(cleo, task).may_see
    assert not engine.visible_instances(cleo).exists()
    for verb in (engine.claim, engine.release):
        with pytest.raises(NotAllowed):
            verb(task, user=cleo) if verb is engine.release else _claim(task, cleo)
    with pytest.raises(NotAllowed):
        engine.complete_human_task(task, user=cleo, data=APPROVE)
    with pytest.raises(NotAllowed):
        engine.reassign(task, to=cleo, user=cleo)
    assert engine.task_access(ana, task).may_see
    assert not engine.task_access(ana, task).may_decide


def _claim(task: HumanTask, user: User) -> None:
    try:
        engine.claim(task, user=user)
    except WrongState as error:
        raise NotAllowed(str(error)) from error


def test_the_initiator_of_a_four_eyes_step_can_never_decide_it(
    run: Run, ana: User, ben: User, managers: Group
) -> None:
    ana.groups.add(managers)
    run(sequence(Ask(groups=("managers",), four_eyes=True)), user=ana)
    task = HumanTask.objects.get()

    with pytest.raises(NotAllowed, match="another person"):
        engine.complete_human_task(task, user=ana, data=APPROVE)
    with pytest.raises(NotAllowed):
        engine.claim(task, user=ana)
    with pytest.raises(NotAllowed):
        engine.reassign(task, to=ana, user=None)
    assert not engine.tasks_for(ana, "team")


@pytest.mark.parametrize("name", ["nobody", "asleep"])
def test_a_missing_or_inactive_assignee_is_an_incident_and_seen_by_nobody(
    run: Run, ben: User, name: str
) -> None:
    User.objects.create_user("asleep", is_active=False)
    run(sequence(Ask(name)))

    task = HumanTask.objects.get()
    assert (task.status, task.assignee) == ("ready", None)
    assert Incident.objects.get().kind == "nobody"
    assert not TaskAccess.objects.exists()
    engine.reassign(task, to=ben, user=None, reason="covering")
    assert Incident.objects.get().resolved_at is not None
    assert [row.task for row in engine.tasks_for(ben, "mine")] == [task]


def test_a_group_without_active_members_is_an_incident(run: Run) -> None:
    Group.objects.create(name="empty")
    run(sequence(Ask(groups=("empty", "unknown"))))

    assert "'unknown'" in Incident.objects.get().cause


def test_who_approves_something_else_than_they_saw_is_asked_again(
    run: Run, ana: User, ben: User
) -> None:
    definition = sequence(Ask("ben"), visible_data=["amount"])
    instance = run(definition, user=ana, initial_data={"amount": 10, "other": 1})
    seen = instance.data_revision
    change(instance, other=2)
    change(instance, amount=20)
    change(instance, amount=30)

    with pytest.raises(DataChanged) as caught:
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE, revision=seen)

    assert caught.value.difference == {"amount": (10, 30)}
    engine.complete_human_task(
        HumanTask.objects.get(), user=ben, data=APPROVE, revision=caught.value.revision
    )


def test_a_change_that_the_reviewer_does_not_see_asks_nobody(run: Run, ben: User) -> None:
    instance = run(sequence(Ask("ben"), visible_data=["amount"]), initial_data={"amount": 10})
    change(instance, other=2)

    engine.complete_human_task(
        HumanTask.objects.get(), user=ben, data=APPROVE, revision=instance.data_revision
    )


def change(instance: WorkflowInstance, **values: Any) -> None:
    """Change data as another branch's step does."""
    from django.db import transaction

    from workflows.engine.transition import lock_one
    from workflows.engine.writing import write

    with transaction.atomic():
        transition = lock_one(instance.pk, timezone.now())
        transition.record("step.succeeded", path="elsewhere", **transition.merge(values))
        write([transition])


def test_an_undo_window_lets_the_decider_take_it_back(run: Run, ben: User) -> None:
    instance = run(sequence(Ask("ben", undo=timedelta(minutes=5)), Note()))
    task = engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()
    assert task.status == "decided"

    engine.undo(task, user=ben)
    drain(now=timezone.now() + timedelta(minutes=6))
    instance.refresh_from_db()
    assert instance.status == "waiting"

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data={"decision": "reject"})
    drain(now=timezone.now() + timedelta(minutes=6))
    instance.refresh_from_db()
    assert instance.data["decision"] == "reject"
    assert HumanTask.objects.get().status == "completed"
    with pytest.raises(WrongState):
        engine.undo(HumanTask.objects.get(), user=ben)


def test_the_declared_outcome_is_taken_when_the_due_date_passes(run: Run, ben: User) -> None:
    step = Ask(
        "ben",
        timeout_outcome={"decision": "reject"},
        get_due_date=lambda context: timedelta(days=1),
    )
    instance = run(sequence(step, Note()))

    drain(now=timezone.now() + timedelta(days=2))

    instance.refresh_from_db()
    assert instance.status == "completed"
    assert instance.data["decision"] == "reject"
    with pytest.raises(TaskClosed) as caught:
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    assert caught.value.status == "expired"


def test_a_person_who_was_first_beats_the_due_date(run: Run, ben: User) -> None:
    step = Ask(
        "ben",
        timeout_outcome={"decision": "reject"},
        get_due_date=lambda context: timedelta(days=1),
    )
    instance = run(sequence(step))
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain(now=timezone.now() + timedelta(days=2))

    instance.refresh_from_db()
    assert instance.data["decision"] == "approve"
    assert not Event.objects.filter(kind="task.expired").exists()


def test_a_reminder_comes_once_and_holds_up_nothing(run: Run, ben: User) -> None:
    instance = run(sequence(Ask("ben", get_reminder_date=lambda context: timedelta(hours=1))))
    drain(now=timezone.now() + timedelta(hours=2))
    drain(now=timezone.now() + timedelta(hours=3))
    assert Event.objects.filter(kind="task.reminded").count() == 1

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()
    instance.refresh_from_db()
    assert instance.status == "completed"


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
    from tests.workflows.definitions import graph
    from workflows import Edge

    definition = graph(Edge("ask", "end", condition="context.get('missing') > 1"), ask=Ask("ben"))
    instance = run(definition)
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()

    instance.refresh_from_db()
    assert instance.status == "failed"
    assert instance.data["decision"] == "approve"
    assert HumanTask.objects.get().status == "completed"


def test_counts_stop_at_a_hundred_and_cost_one_statement(
    run: Run, ben: User, managers: Group, django_assert_num_queries: Any
) -> None:
    run(sequence(Ask("ben"), name="one"))
    run(sequence(Ask(groups=("managers",)), name="two"))
    person = User.objects.get(pk=ben.pk)
    engine.principals(person)

    with django_assert_num_queries(1):
        assert engine.count_tasks(person) == {"mine": 1, "team": 1}

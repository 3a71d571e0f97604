"""Who is asked, who may take a task, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import sequence
from workflows import engine
from workflows.engine import lists, queries
from workflows.exceptions import (
    NotAllowed,
    WrongState,
)
from workflows.models import Event, HumanTask, Incident, TaskAccess, WorkflowInstance

Run = Callable[..., WorkflowInstance]


def test_a_group_is_offered_the_task_and_one_member_takes_it(
    run: Run, ben: User, cleo: User, managers: Group
) -> None:
    cleo.groups.add(managers)
    run(sequence(Ask(groups=("managers",))))
    task = HumanTask.objects.get()
    assert [row.task for row in lists.tasks_for(ben, "team")] == [task]

    engine.claim(task, user=cleo)

    assert [row.task for row in lists.tasks_for(cleo, "mine")] == [task]
    assert not lists.tasks_for(User.objects.get(pk=ben.pk), "team")
    with pytest.raises(WrongState, match="Cleo"):
        engine.claim(task, user=ben)
    with pytest.raises(NotAllowed, match="Cleo"):
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)

    engine.release(task, user=cleo)
    assert [row.task for row in lists.tasks_for(ben, "team")] == [task]


def test_strangers_see_nothing_and_may_nothing(run: Run, ana: User, ben: User, cleo: User) -> None:
    run(sequence(Ask("ben")), user=ana)
    task = HumanTask.objects.get()

    assert not queries.task_access(cleo, task).may_see
    assert not queries.visible_instances(cleo).exists()
    for verb in (engine.claim, engine.release):
        with pytest.raises(NotAllowed):
            verb(task, user=cleo) if verb is engine.release else _claim(task, cleo)
    with pytest.raises(NotAllowed):
        engine.complete_human_task(task, user=cleo, data=APPROVE)
    with pytest.raises(NotAllowed):
        engine.reassign(task, to=cleo, user=cleo)
    assert queries.task_access(ana, task).may_see
    assert not queries.task_access(ana, task).may_decide


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
    assert not lists.tasks_for(ana, "team")


@pytest.mark.parametrize("name", ["nobody", "asleep"])
def test_a_missing_or_inactive_assignee_is_an_incident_and_seen_by_nobody(
    run: Run, ben: User, name: str
) -> None:
    User.objects.create_user("asleep", is_active=False)
    run(sequence(Ask(name)))

    task = HumanTask.objects.get()
    assert (task.status, task.assignee) == ("ready", None)
    assert Incident.objects.get().kind == "nobody"
    assert not TaskAccess.objects.exclude(relation__in=("workflow", "requester")).exists()
    engine.reassign(task, to=ben, user=None, reason="covering")
    assert Incident.objects.get().resolved_at is not None
    assert [row.task for row in lists.tasks_for(ben, "mine")] == [task]


def test_handing_over_twice_is_told_once(run: Run, ben: User, cleo: User) -> None:
    run(sequence(Ask("ben")))
    task = HumanTask.objects.get()

    for _ in range(2):
        handed_over = engine.reassign(task, to=cleo, user=None, reason="ill")

    assert handed_over.assignee == cleo
    assert Event.objects.filter(kind="task.reassigned").count() == 1


def test_a_group_without_active_members_is_an_incident(run: Run) -> None:
    Group.objects.create(name="empty")
    run(sequence(Ask(groups=("empty", "unknown"))))

    assert "'unknown'" in Incident.objects.get().cause


def test_counts_stop_at_a_hundred_and_cost_one_statement(
    run: Run, ben: User, managers: Group, django_assert_num_queries: Any
) -> None:
    run(sequence(Ask("ben"), name="one"))
    run(sequence(Ask(groups=("managers",)), name="two"))
    person = User.objects.get(pk=ben.pk)
    queries.principals(person)

    with django_assert_num_queries(1):
        counts = lists.count_tasks(person)
        assert (counts["mine"], counts["team"]) == (1, 1)

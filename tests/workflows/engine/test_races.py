"""Races: several people, systems and workers at once, each on a connection of its own."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Do, Note, graph, sequence
from workflows import Edge, ParallelGroup, WebhookStep, WorkflowContext, engine
from workflows.engine import lists, queries
from workflows.exceptions import TaskClosed, UnknownToken, WorkflowError, WrongState
from workflows.models import Event, HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Run = Callable[..., WorkflowInstance]
REJECT = {"decision": "reject"}


class Call(WebhookStep):
    """Waits for a call."""


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run actions at the same moment; give their answers, or the workflow errors they raise."""
    barrier = threading.Barrier(len(actions))

    def act(action: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=30)
            return action()
        except WorkflowError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(act, actions))


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
    run: Run, ben: User, cleo: User, managers: Group
) -> None:
    cleo.groups.add(managers)
    for number in range(8):
        run(sequence(Ask(groups=("managers",)), Note(), name=f"race{number}"))
        task = HumanTask.objects.open().get()

        answers = at_once(
            partial(engine.complete_human_task, task.pk, user=ben, data=APPROVE),
            partial(engine.complete_human_task, task.pk, user=cleo, data=REJECT),
        )

        won = [answer for answer in answers if isinstance(answer, HumanTask)]
        lost = [answer for answer in answers if isinstance(answer, TaskClosed)]
        assert (len(won), len(lost)) == (1, 1), answers
        assert lost[0].by == queries.display_name(won[0].decided_by)
        drain()
    assert Event.objects.filter(kind="task.completed").count() == 8
    assert WorkflowInstance.objects.filter(status="completed").count() == 8


def test_of_two_who_claim_at_once_one_has_it(
    run: Run, ben: User, cleo: User, managers: Group
) -> None:
    cleo.groups.add(managers)
    run(sequence(Ask(groups=("managers",))))
    task = HumanTask.objects.get()

    answers = at_once(
        lambda: engine.claim(task.pk, user=ben), lambda: engine.claim(task.pk, user=cleo)
    )

    assert sum(isinstance(answer, HumanTask) for answer in answers) == 1
    assert sum(isinstance(answer, WrongState) for answer in answers) == 1
    holder = HumanTask.objects.get().assignee
    found = [list(lists.tasks_for(person, "mine")) for person in (ben, cleo)]
    assert [len(rows) for rows in found] == [int(person == holder) for person in (ben, cleo)]


def test_a_call_that_comes_twice_at_once_is_taken_once(run: Run) -> None:
    definition = sequence(Do(lambda context: context.set("url", context.webhook_url("b"))), Call())
    instance = run(definition)
    token = instance.data["url"].split("/")[-2]

    answers = at_once(*[lambda: engine.receive_webhook(token, {"n": 1})] * 4)

    assert sum(isinstance(answer, UnknownToken) for answer in answers) == 3
    assert Event.objects.filter(kind="webhook.received").count() == 1


def test_branches_that_end_at_once_join_once(register: Callable[..., Any], run: Run) -> None:
    ways = [f"way{number}" for number in range(6)]
    fan = graph(
        *(Edge("start", way) for way in ways), *(Edge(way, "join") for way in ways), name="fan"
    )
    group = sequence(ParallelGroup(*(Note() for _ in ways), callback=Note()), name="group")
    register(fan)
    register(group)
    for name in ("fan", "group"):
        for _ in range(5):
            engine.start_workflow(name)

    at_once(*[drain] * 4)
    drain()

    assert Counter(WorkflowInstance.objects.values_list("status", flat=True)) == {"completed": 10}
    ended = Event.objects.filter(kind="step.succeeded").values_list("instance", "path")
    assert max(Counter(ended).values()) == 1
    assert StepExecution.objects.filter(path="join").count() == 5


def test_a_cancellation_and_a_running_step_do_not_both_win(
    register: Callable[..., Any],
) -> None:
    started, go = threading.Event(), threading.Event()

    def hold(context: WorkflowContext) -> str:
        started.set()
        go.wait(timeout=30)
        return "too late"

    register(sequence(Do(hold), Note()))
    instance = engine.start_workflow("sequence")

    def cancel_meanwhile() -> None:
        started.wait(timeout=30)
        engine.cancel_workflow(instance.pk)
        go.set()

    at_once(drain, cancel_meanwhile)

    instance.refresh_from_db()
    assert instance.status == "canceled"
    assert not StepExecution.objects.active().exists()
    assert not StepExecution.objects.filter(path="b").exists()

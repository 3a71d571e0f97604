"""Whole instances: start, cancel, suspend, resume, retry, versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import Group, User
from django.utils import timezone

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Do, Note, graph, sequence
from workflows import Edge, TimerStep, WorkflowContext, WorkflowDefinition, engine
from workflows.engine import queries
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.queue.claims import claim
from workflows.engine.run.finish import finish
from workflows.engine.run.perform import perform
from workflows.engine.store import clock
from workflows.engine.work.load import load
from workflows.exceptions import (
    DefinitionError,
    DuplicateKey,
    InvalidSubmission,
    NotAllowed,
    TaskClosed,
    UnknownStep,
    UnknownWorkflow,
    WrongState,
)
from workflows.models import Event, HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain, registered

Run = Callable[..., WorkflowInstance]
Register = Callable[[WorkflowDefinition], WorkflowDefinition]
SCHEMA = {
    "type": "object",
    "properties": {"amount": {"type": "integer"}},
    "required": ["amount"],
}


class Hour(TimerStep):
    """Waits an hour."""

    delay = timedelta(hours=1)


def test_an_unknown_workflow_or_version_is_named(db: None, register: Register) -> None:
    register(sequence(Note(), name="known", version="1"))
    with pytest.raises(UnknownWorkflow, match="'nothing'"):
        engine.start_workflow("nothing")
    with pytest.raises(UnknownWorkflow, match=r"'7'.*known: 1"):
        engine.start_workflow("known", version="7")


def test_the_newest_version_is_the_numerically_greatest(db: None, register: Register) -> None:
    for version in ("9.0.0", "10.0.0", "10.0.0-rc1"):
        register(sequence(Note(), version=version))
    assert queries.get_definition("sequence").version == "10.0.0"


def test_start_data_that_does_not_fit_starts_nothing(db: None, register: Register) -> None:
    register(sequence(Note(), start_schema=SCHEMA))
    with pytest.raises(InvalidSubmission) as caught:
        engine.start_workflow("sequence", initial_data={})
    assert list(caught.value.errors) == ["/amount"]
    assert not WorkflowInstance.objects.exists()


def test_a_definition_that_cannot_run_starts_nothing(db: None, register: Register) -> None:
    register(graph(Edge("a", "b"), Edge("b", "nowhere"), name="broken"))
    broken = WorkflowDefinition(name="worse", steps={"a": Note()}, edges=[Edge("a", "nowhere")])
    register(broken)
    with pytest.raises(DefinitionError, match="'nowhere'"):
        engine.start_workflow("worse")


def test_a_key_starts_once(db: None, register: Register) -> None:
    register(sequence(Note()))
    first = engine.start_workflow("sequence", key="order-1", initial_data={"n": 1})
    drain()
    again = engine.start_workflow("sequence", key="order-1", initial_data={"n": 1})
    assert again.pk == first.pk
    with pytest.raises(DuplicateKey):
        engine.start_workflow("sequence", key="order-1", initial_data={"n": 2})
    assert WorkflowInstance.objects.count() == 1


def test_only_those_named_may_start(db: None, register: Register, ana: User, ben: User) -> None:
    register(sequence(Note(), start_groups=["buyers"]))
    ana.groups.add(Group.objects.create(name="buyers"))
    engine.start_workflow("sequence", user=ana)
    with pytest.raises(NotAllowed):
        engine.start_workflow("sequence", user=ben)
    assert queries.startable(ben) == [
        definition for definition in queries.startable(ana) if definition.name != "sequence"
    ]


def test_cancelling_ends_everything_that_is_open(run: Run, ana: User, ben: User) -> None:
    definition = graph(Edge("s", "ask"), Edge("s", "hour"), ask=Ask("ben"), hour=Hour())
    instance = run(definition, user=ana)
    task = HumanTask.objects.get()

    engine.cancel_workflow(instance, reason="not needed", user=ana)
    drain(now=timezone.now() + timedelta(hours=2))

    instance.refresh_from_db()
    assert instance.status == "canceled"
    assert not StepExecution.objects.active().exists()
    with pytest.raises(TaskClosed) as caught:
        engine.complete_human_task(task, user=ben, data=APPROVE)
    assert caught.value.reason == "not needed"
    with pytest.raises(WrongState, match="canceled"):
        engine.cancel_workflow(instance)


def test_a_result_that_comes_after_the_cancellation_is_refused(
    db: None, register: Register
) -> None:
    holder: dict[str, WorkflowInstance] = {}

    def cancel_myself(context: WorkflowContext) -> str:
        engine.cancel_workflow(holder["instance"])
        return "too late"

    register(sequence(Do(cancel_myself), Note()))
    holder["instance"] = engine.start_workflow("sequence")
    drain()

    row = StepExecution.objects.get()
    assert (row.status, row.result) == ("canceled", None)
    assert WorkflowInstance.objects.get().status == "canceled"


def test_strangers_cannot_cancel(run: Run, ana: User, ben: User, cleo: User) -> None:
    instance = run(sequence(Ask("ben")), user=ana)
    for person in (ben, cleo):
        with pytest.raises(NotAllowed):
            engine.cancel_workflow(instance, user=person)


def test_what_falls_due_while_suspended_is_held_until_it_is_resumed(run: Run) -> None:
    instance = run(sequence(Hour(), Note()))
    engine.suspend(instance)
    drain(now=timezone.now() + timedelta(hours=2))
    assert StepExecution.objects.get(path="a").status == "held"
    with pytest.raises(WrongState):
        engine.suspend(instance)

    engine.resume(instance)
    drain()

    instance.refresh_from_db()
    assert instance.status == "completed"
    with pytest.raises(WrongState):
        engine.resume(instance)


def test_what_a_worker_saw_suspended_and_reports_after_the_resume_is_not_held_for_ever(
    run: Run,
) -> None:
    instance = run(sequence(Hour(), Note()))
    engine.suspend(instance)
    with clock.at(timezone.now() + timedelta(hours=2)):
        claimed = claim("worker", 1, lease=timedelta(hours=1), definitions=runnable_ids())
        (work,) = load(claimed, eager_history=True)
        report = async_to_sync(perform)(work)

        engine.resume(instance)
        finish([report])
        drain()

    instance.refresh_from_db()
    assert instance.status == "completed"


def test_a_decision_while_suspended_stands_and_goes_on_afterwards(run: Run, ben: User) -> None:
    instance = run(sequence(Ask("ben"), Note()))
    engine.suspend(instance)
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()
    assert StepExecution.objects.get(path="a").status == "held"

    engine.resume(instance)
    drain()
    instance.refresh_from_db()
    assert instance.status == "completed"


def test_retry_is_for_failed_instances(run: Run) -> None:
    with pytest.raises(WrongState, match="completed"):
        engine.retry(run(sequence(Note())))


def test_retry_from_a_step_cancels_what_is_active_and_keeps_the_data(run: Run, ben: User) -> None:
    instance = run(sequence(Note(), Ask("ben"), Note()))
    engine.retry(instance, from_step="a")
    drain()

    instance.refresh_from_db()
    assert instance.data["ran"] == ["a", "a"]
    assert list(HumanTask.objects.order_by("created_at").values_list("status", flat=True)) == [
        "canceled",
        "reserved",
    ]
    with pytest.raises(UnknownStep, match="there are: a, b, c"):
        engine.retry(instance, from_step="nowhere")


def test_retry_from_a_step_brings_a_cancelled_instance_back(run: Run, ben: User) -> None:
    instance = run(sequence(Note(), Ask("ben")))
    engine.cancel_workflow(instance)
    engine.retry(instance, from_step="b")
    drain()

    engine.complete_human_task(HumanTask.objects.open().get(), user=ben, data=APPROVE)
    drain()
    instance.refresh_from_db()
    assert instance.status == "completed"
    assert instance.finished_at is not None


def test_instances_stay_on_their_version(run: Run, ben: User, register: Register) -> None:
    old = run(sequence(Ask("ben"), Do(lambda context: context.set("by", "old")), version="1"))
    register(sequence(Ask("ben"), Do(lambda context: context.set("by", "new")), version="2"))

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()

    old.refresh_from_db()
    assert old.data["by"] == "old"


def test_a_changed_graph_under_the_same_version_runs_nothing(db: None) -> None:
    with registered(sequence(Hour(), Note())):
        engine.start_workflow("sequence")
        drain()
    with registered(sequence(Hour(), Note(), Note())):
        with pytest.raises(DefinitionError, match="new version"):
            engine.start_workflow("sequence")
        assert drain(now=timezone.now() + timedelta(hours=2)) == 0
    with registered(sequence(Hour(), Note())):
        drain(now=timezone.now() + timedelta(hours=2))
    assert WorkflowInstance.objects.get().status == "completed"


def test_every_transition_is_in_the_events_once_and_without_gaps(run: Run, ben: User) -> None:
    instance = run(sequence(Note(), Ask("ben"), Note()))
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()

    events = list(Event.objects.filter(instance=instance).order_by("seq"))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [(event.kind, event.path) for event in events] == [
        ("instance.started", ""),
        ("step.succeeded", "a"),
        ("task.created", "b"),
        ("task.completed", "b"),
        ("step.succeeded", "b"),
        ("step.succeeded", "c"),
        ("instance.completed", ""),
    ]


async def _start_and_cancel(user: User) -> str:
    instance = await engine.astart_workflow("sequence", user=user)
    canceled = await engine.acancel_workflow(instance, user=user)
    return str(canceled.status)


def test_every_verb_has_a_twin_for_async_code(db: None, register: Register, ana: User) -> None:
    from asgiref.sync import async_to_sync

    register(sequence(Note()))
    assert async_to_sync(_start_and_cancel)(ana) == "canceled"
    verbs = {name for name in engine.__all__ if f"a{name}" in engine.__all__}
    assert len(verbs) == 27
    assert verbs | {f"a{name}" for name in verbs} == set(engine.__all__)

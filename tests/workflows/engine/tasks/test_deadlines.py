"""Undo windows, due dates and reminders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Note, sequence
from workflows import engine
from workflows.exceptions import (
    TaskClosed,
    WrongState,
)
from workflows.models import Event, HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]


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


def test_a_clock_that_runs_out_after_the_decision_ends_without_effect(run: Run, ben: User) -> None:
    step = Ask("ben", get_reminder_date=lambda context: timedelta(days=1))
    instance = run(sequence(step, Note()))
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    drain()

    drain(now=timezone.now() + timedelta(days=2))

    assert StepExecution.objects.get(kind="reminder").status == "canceled"
    assert not Event.objects.filter(instance=instance, kind="task.reminded").exists()


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

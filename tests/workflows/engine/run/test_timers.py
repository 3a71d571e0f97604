"""Timers: rows with a due moment, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.workflows.definitions import Note, sequence
from workflows import TimerStep, WorkflowContext
from workflows.models import StepExecution, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]


class Until(TimerStep):
    """Waits for what it was made with."""

    def __init__(self, when: Any) -> None:
        self.when = when

    async def get_delay(self, context: WorkflowContext) -> Any:
        """Give it."""
        return self.when


def test_a_timer_fires_when_it_is_due_and_never_before(run: Run) -> None:
    instance = run(sequence(Until(timedelta(hours=1)), Note()))
    due_at = StepExecution.objects.get().due_at
    assert due_at is not None

    assert drain(now=due_at - timedelta(milliseconds=1)) == 0
    assert drain(now=due_at) == 2

    instance.refresh_from_db()
    assert instance.status == "completed"


def test_a_timer_may_name_a_moment(run: Run) -> None:
    moment = timezone.now() + timedelta(days=3)
    run(sequence(Until(moment)))
    assert StepExecution.objects.get().due_at == moment


@pytest.mark.parametrize("when", [timedelta(0), timedelta(days=-1)])
def test_a_timer_that_is_over_goes_on_at_once(run: Run, when: timedelta) -> None:
    assert run(sequence(Until(when), Note())).status == "completed"


@pytest.mark.parametrize("when", [None, 5, datetime(2030, 1, 1)])  # noqa: DTZ001 – that is the fault
def test_a_timer_that_returns_rubbish_fails_with_a_reason(run: Run, when: Any) -> None:
    instance = run(sequence(Until(when)))
    assert instance.status == "failed"
    assert "get_delay returned" in instance.error


def test_a_class_may_simply_say_its_delay(run: Run) -> None:
    class Day(TimerStep):
        delay = timedelta(days=1)

    assert run(sequence(Day())).status == "waiting"

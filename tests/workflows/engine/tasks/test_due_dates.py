"""Due dates as authors give them: also "never", days, and lengths where clocks are changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group, User
from django.test import override_settings

from tasks_ui.models import UserSettings
from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import sequence
from workflows import BaseMachineStep, Retry, TimerStep, WorkflowContext, engine
from workflows.engine import lists
from workflows.models import HumanTask, StepExecution, WorkflowInstance
from workflows.testing import drain, registered
from workflows.values.moments import LAST

Run = Callable[..., WorkflowInstance]

LATEST, EARLIEST = datetime.max, datetime.min  # noqa: DTZ901 – without a zone, as authors write them
NEVER = [
    *(date.max, date.min, LATEST, EARLIEST, timedelta.max, timedelta.min),
    *(
        end.replace(tzinfo=ZoneInfo(name))
        for end in (LATEST, EARLIEST)
        for name in ("UTC", "Asia/Tokyo", "America/New_York")
    ),
]
ZONES = ["UTC", "Asia/Tokyo", "America/New_York"]


def asks(when: Any, **more: Any) -> Ask:
    """Give a step that is due, and reminds, then."""
    return Ask(
        "ben",
        get_due_date=lambda context: when,
        get_reminder_date=lambda context: when,
        timeout_outcome=APPROVE,
        **more,
    )


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("when", NEVER, ids=str)
def test_a_task_that_is_never_due_has_no_clocks(run: Run, ben: User, when: Any, zone: str) -> None:
    with override_settings(TIME_ZONE=zone):
        instance = run(sequence(asks(when)))

    task = HumanTask.objects.get()
    assert (instance.status, task.due_at) == ("waiting", None)
    assert not StepExecution.objects.filter(status="scheduled").exists()
    assert [row.task for row in lists.list_tasks(ben, lists.Wanted(due="none")).rows] == [task]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("when", [LATEST, datetime.max.replace(tzinfo=UTC), timedelta.max])
def test_a_timer_that_never_ends_waits(run: Run, when: Any, zone: str) -> None:
    class Wait(TimerStep):
        def get_delay(self, context: WorkflowContext) -> Any:
            return when

    with override_settings(TIME_ZONE=zone):
        assert run(sequence(Wait())).status == "waiting"
    assert StepExecution.objects.get().due_at == LAST


@pytest.mark.parametrize("when", [EARLIEST, datetime.min.replace(tzinfo=UTC), timedelta.min])
def test_a_timer_that_ended_before_the_calendar_goes_on(run: Run, when: Any) -> None:
    class Wait(TimerStep):
        def get_delay(self, context: WorkflowContext) -> Any:
            return when

    assert run(sequence(Wait())).status == "completed"


def test_a_step_may_wait_for_ever_before_it_is_tried_again(run: Run) -> None:
    class Fail(BaseMachineStep):
        retry = Retry(max_attempts=9, backoff=timedelta.max, max_delay=timedelta.max)

        def execute(self, context: WorkflowContext) -> None:
            raise ValueError

    run(sequence(Fail()))

    row = StepExecution.objects.get()
    assert row.status == "scheduled"
    assert row.due_at is not None
    assert row.due_at.year > 2400
    assert Retry(backoff=timedelta.max).delay(50) <= timedelta(hours=1.5)


def test_an_undo_window_and_a_lease_may_have_no_end(run: Run, ben: User) -> None:
    group = Group.objects.create(name="judges")
    ben.groups.add(group)
    step = Ask(groups=("judges",), undo=timedelta.max, claim_lease=timedelta.max)
    run(sequence(step))
    task = engine.claim(HumanTask.objects.get(), user=ben)
    assert task.lease_until == LAST

    engine.complete_human_task(task, user=ben, data=APPROVE)
    drain()

    assert engine.undo(HumanTask.objects.get(), user=ben).status == "reserved"


def test_a_task_can_be_put_off_for_ever(run: Run, ben: User) -> None:
    run(sequence(Ask("ben")))
    until = datetime.max.replace(tzinfo=timezone(-timedelta(hours=5)))

    engine.snooze(HumanTask.objects.get(), user=ben, until=until)

    [row] = lists.list_tasks(ben, lists.Wanted(view="snoozed")).rows
    assert row.sort_at == LAST


@pytest.mark.parametrize(
    ("chosen", "ends"),
    [
        ("Asia/Tokyo", datetime(2046, 7, 1, 14, 59, 59, tzinfo=UTC)),
        ("America/New_York", datetime(2046, 7, 2, 3, 59, 59, tzinfo=UTC)),
        ("", datetime(2046, 7, 1, 21, 59, 59, tzinfo=UTC)),
        ("Europe/Gone", datetime(2046, 7, 1, 21, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_day_ends_where_the_assignee_is(run: Run, ben: User, chosen: str, ends: datetime) -> None:
    UserSettings.objects.create(user=ben, time_zone=chosen)

    with override_settings(TIME_ZONE="Europe/Berlin"):
        run(sequence(asks(date(2046, 7, 1))))

    clocks = StepExecution.objects.filter(status="scheduled").values_list("due_at", flat=True)
    assert HumanTask.objects.get().due_at == ends
    assert set(clocks) == {ends}


def test_the_day_of_a_task_for_many_ends_where_the_site_is(run: Run, ben: User) -> None:
    ben.groups.add(Group.objects.create(name="judges"))
    UserSettings.objects.create(user=ben, time_zone="Asia/Tokyo")

    with override_settings(TIME_ZONE="Europe/Berlin"):
        run(sequence(Ask(groups=("judges",), get_due_date=lambda context: date(2046, 7, 1))))

    due_at = HumanTask.objects.get().due_at
    assert due_at == datetime(2046, 7, 1, 21, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("night", [datetime(2026, 3, 29, 0, 30), datetime(2026, 10, 25, 0, 30)])  # noqa: DTZ001
def test_three_hours_are_three_hours_while_clocks_are_changed(ben: User, night: datetime) -> None:
    there = night.replace(tzinfo=ZoneInfo("Europe/Berlin"))
    three = timedelta(hours=3)

    class Wait(TimerStep):
        delay = three

    with registered(sequence(asks(three), name="asks"), sequence(Wait(), name="waits")):
        for name in ("asks", "waits"):
            engine.start_workflow(name)
        drain(now=there)

    scheduled = StepExecution.objects.filter(status="scheduled").values_list("due_at", flat=True)
    assert HumanTask.objects.get().due_at == there.astimezone(UTC) + three
    assert set(scheduled) == {there.astimezone(UTC) + three}

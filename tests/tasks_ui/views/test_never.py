"""Pages show every moment that a database can hold, wherever the person is who looks at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tasks_ui.models import UserSettings
from tests.tasks_ui.conftest import SignIn
from workflows import engine
from workflows.engine.access.rows import of_user
from workflows.models import HumanTask, Relation, StepExecution, TaskAccess, WorkflowInstance

ENDS = [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)]
ZONES = ["Asia/Tokyo", "America/New_York", "UTC"]


@pytest.fixture(params=ENDS, ids=["9999", "0001"])
def end(request: pytest.FixtureRequest) -> datetime:
    """Give an end of the calendar."""
    return datetime.fromisoformat(request.param.isoformat())


@pytest.fixture(params=ZONES)
def in_zone(request: pytest.FixtureRequest) -> Callable[[User], User]:
    """Give a function that sends somebody to a zone."""

    def send(user: User) -> User:
        UserSettings.objects.create(user=user, time_zone=request.param)
        return user

    return send


def addresses(task: HumanTask) -> list[str]:
    """Give every page that shows something of a task, or of the request that it belongs to."""
    about = [f"/t/{task.pk}/", f"/t/{task.pk}/people/", f"/t/{task.pk}/snooze/"]
    lists = [f"/inbox/{view}/" for view in ("mine", "team", "all", "snoozed", "waiting")]
    narrowed = [f"/inbox/all/?due={due}" for due in ("overdue", "today", "week", "none")]
    return [*about, *lists, *narrowed, *[f"/inbox/all/?sort={by}" for by in ("due", "priority")]]


def test_old_due_dates_at_the_ends_of_the_calendar_are_shown(
    ben: User, sign_in: SignIn, expense: HumanTask, end: datetime, in_zone: Any
) -> None:
    engine.claim(expense, user=ben)
    HumanTask.objects.update(due_at=end, created_at=end, claimed_at=end, lease_until=end)
    TaskAccess.objects.update(sort_at=end)
    browser = sign_in(in_zone(ben))

    answers = {address: browser.get(address) for address in addresses(expense)}

    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(
        answers, 200
    )
    assert f"{end.year:04d}" in answers[f"/t/{expense.pk}/"].content.decode()


def test_what_is_put_off_for_ever_is_shown(
    ben: User, sign_in: SignIn, expense: HumanTask, in_zone: Any
) -> None:
    TaskAccess.objects.create(
        task=expense, principal=of_user(ben.pk), relation=Relation.SNOOZED, sort_at=ENDS[0]
    )
    browser = sign_in(in_zone(ben))

    for address in ("/inbox/snoozed/", f"/t/{expense.pk}/"):
        assert browser.get(address).status_code == 200


def test_administrators_see_every_moment(
    sign_in: SignIn, expense: HumanTask, end: datetime, in_zone: Any
) -> None:
    admin = User.objects.create_superuser("root", password="root")
    HumanTask.objects.update(due_at=end)
    StepExecution.objects.update(due_at=end)
    browser = sign_in(in_zone(admin))
    row = StepExecution.objects.filter(path=expense.step).get()
    pages = {"humantask": expense.pk, "stepexecution": row.pk, "workflowinstance": row.instance_id}

    for model, key in pages.items():
        for address in (
            reverse(f"admin:workflows_{model}_changelist"),
            reverse(f"admin:workflows_{model}_change", args=[key]),
        ):
            answer = browser.get(address)
            assert answer.status_code == 200
            assert model == "workflowinstance" or f"{end.year:04d}-" in answer.content.decode()


def test_requests_and_receipts_of_any_time_are_shown(
    ana: User, ben: User, sign_in: SignIn, expense: HumanTask, end: datetime, in_zone: Any
) -> None:
    WorkflowInstance.objects.update(created_at=end)
    HumanTask.objects.update(decided_at=end)
    browser = sign_in(in_zone(ana))

    for address in ("/requests/", f"/r/{expense.instance_id}/"):
        assert browser.get(address).status_code == 200

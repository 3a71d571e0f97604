"""What was under way goes on: the worker runs what is due, and everything comes to its end."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from tests.upgrade.conftest import Upgraded
from tests.upgrade.rows import ORDERS, SEEN, call
from tests.upgrade.steps import Broken
from workflows import engine
from workflows.engine import queries
from workflows.models import (
    Event,
    HumanTask,
    Incident,
    Permit,
    StepExecution,
    WorkflowInstance,
)
from workflows.testing import drain

pytestmark = pytest.mark.slow

IN_AGES = [datetime(year, 1, 1, tzinfo=UTC) for year in (2500, 2700, 2900)]
"""Moments at which every timer, every retry and every second thought of before has had its time."""

OTHERWISE = {"canceled": "canceled", "lost": "running"}
"""Whom no worker of this test brings to its end: that needs reconciliation, as in test_jobs.py."""

ANSWERS: dict[str, dict[str, Any]] = {
    "upgrade_approval": {"decision": "approve"},
    "expense_approval": {"decision": "approve"},
    "accounts": {"account": "zoe", "laptop": "14 inch"},
    "contract": {"signed_on": "2126-01-02"},
    "first_week": {"buddy": "Ana"},
    "desk": {"desk": "A1"},
    "welcome": {},
}
"""What a task is decided with, by its workflow or by the end of its step's path."""


def status() -> dict[str, str]:
    """Give the status of every request by its name."""
    rows = WorkflowInstance.objects.filter(parent=None)
    return {row.metadata["case"]: row.status for row in rows if "case" in row.metadata}


def decide_everything() -> int:
    """Decide every open task as somebody may who was asked; give how many there were."""
    decided = 0
    for task in HumanTask.objects.open().select_related("instance"):
        keys = (task.instance.workflow, task.step.rpartition("/")[2])
        answer = next((ANSWERS[key] for key in keys if key in ANSWERS), SEEN)
        for user in User.objects.all():
            if queries.task_access(user, task).may_decide:
                engine.complete_human_task(task.pk, user=user, data=answer)
                decided += 1
                break
    return decided


def act_on_what_waits(site: Upgraded) -> None:
    """Do what no clock and no task of the site does by itself."""
    for case in ("suspended", "held"):
        engine.resume(site.request(case))
    ana, ada = (User.objects.get(username=name) for name in ("ana", "ada"))
    engine.answer(site.task("asked").pk, user=ana, text="It is.")
    engine.override(site.task("nobody").pk, user=ada, data=SEEN, reason="There is nobody.")
    for name in ("payment", "later payment"):
        call(site.address(name), {"paid": True})
    for number in range(1, len(ORDERS) + 1):
        call(f"/workflows/hooks/sent-{number}/", {"sent": True})


def test_a_worker_runs_what_was_due_and_what_a_dead_one_has_left(
    own_site: Upgraded,
) -> None:
    own_site.manage("work", "--until-idle")

    found = status()
    for case in ("at the gate", "behind the gate", "due long ago", "pending", "half way"):
        assert found[case] == "completed", case
    crashed = StepExecution.objects.get(instance=own_site.request("at the gate"), path="gate")
    assert (crashed.status, crashed.crashes) == ("succeeded", 1)
    assert not Permit.objects.exists()
    assert found["asleep"] == "waiting"


def test_every_request_that_can_comes_to_its_end(
    site: Upgraded, monkeypatch: pytest.MonkeyPatch
) -> None:
    drain()
    act_on_what_waits(site)
    monkeypatch.setattr(Broken, "mended", True)
    for instance in WorkflowInstance.objects.filter(status="failed", workflow="upgrade_broken"):
        engine.retry(instance)
    for moment in IN_AGES:
        while drain(now=moment) or decide_everything():
            continue

    left = {case: state for case, state in status().items() if state != "completed"}
    assert left == OTHERWISE
    assert not HumanTask.objects.open().exists()
    assert not Incident.objects.filter(resolved_at=None).exclude(kind="blocked").exists()
    for instance in WorkflowInstance.objects.all():
        numbers = Event.objects.filter(instance=instance).values_list("seq", flat=True)
        assert list(numbers) == list(range(1, instance.last_seq + 1))


def test_the_receipts_of_all_decisions_fit(site: Upgraded) -> None:
    said = StringIO()
    call_command("verify_receipts", stdout=said)

    decided = Event.objects.filter(data__has_key="receipt").count()
    assert f"{decided} receipts were checked." in said.getvalue()
    assert decided > 10


def test_a_request_is_moved_to_another_version_by_a_command(site: Upgraded) -> None:
    versions, said = ("upgrade_moving", "1", "2"), StringIO()

    call_command("migrate_instances", *versions, "--map", "look=seen", "--yes", stdout=said)

    assert "1 moved, 0 stayed." in said.getvalue()
    assert site.request("to move").definition.version == "2"

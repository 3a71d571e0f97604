"""Onboarding: three departments prepare a colleague's first day side by side."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.people import person
from tests.workflows.examples.conftest import Decide, Start
from workflows.exceptions import NotAllowed
from workflows.models import HumanTask, WorkflowInstance

CHIARA = {"name": "Chiara Conti", "role": "Designer", "start_date": "2027-03-15"}


@pytest.fixture
def hanna(db: None) -> User:
    """Give somebody of HR."""
    return person("hanna", groups=("HR",))


@pytest.fixture
def ivan(db: None) -> User:
    """Give somebody of IT."""
    return person("ivan", groups=("IT",))


@pytest.fixture
def ines(db: None) -> User:
    """Give somebody of facilities."""
    return person("ines", groups=("facilities",))


def open_steps(instance: WorkflowInstance) -> set[str]:
    """Give the steps that wait for people."""
    return set(HumanTask.objects.open().filter(instance=instance).values_list("step", flat=True))


def test_the_departments_work_side_by_side_and_the_callback_gets_all_results(
    hanna: User, ivan: User, ines: User, start: Start, decide: Decide
) -> None:
    instance = start("onboarding", hanna, **CHIARA)
    assert open_steps(instance) == {
        "prepare/accounts",
        "prepare/paperwork/contract",
        "prepare/desk",
    }

    decide(instance, "prepare/desk", ines, desk="B12")
    decide(instance, "prepare/paperwork/contract", hanna, signed_on="2027-03-01")
    assert open_steps(instance) == {"prepare/accounts", "prepare/paperwork/first_week"}
    decide(instance, "prepare/paperwork/first_week", hanna, buddy="Emil Novak")
    instance = decide(instance, "prepare/accounts", ivan, account="cconti", laptop="14 inch")

    pack = {"account": "cconti", "desk": "B12", "buddy": "Emil Novak"}
    assert instance.data["welcome_pack"] == pack
    assert "desk" not in instance.data
    assert HumanTask.objects.open().get(instance=instance).assignee == hanna
    assert decide(instance, "welcome", hanna).status == "completed"


def test_tasks_are_due_before_the_first_day(
    hanna: User, ivan: User, ines: User, start: Start
) -> None:
    instance = start("onboarding", hanna, **CHIARA)

    due = {
        step: due_at.date().isoformat()
        for step, due_at in instance.tasks.values_list("step", "due_at")
        if due_at
    }
    assert due == {
        "prepare/accounts": "2027-03-12",
        "prepare/paperwork/contract": "2027-03-05",
        "prepare/desk": "2027-03-12",
    }


def test_only_hr_starts_it(ana: User, hanna: User, start: Start) -> None:
    with pytest.raises(NotAllowed):
        start("onboarding", ana, **CHIARA)
    assert start("onboarding", hanna, **CHIARA).started_by == hanna

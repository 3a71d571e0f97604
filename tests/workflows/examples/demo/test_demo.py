"""`manage.py demo` fills an empty database by really running workflows, and takes it all back."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from pytest_django import Settings

from workflows import engine
from workflows.engine import lists, queries
from workflows.examples.demo import building, documents, expenses, onboardings, orders
from workflows.examples.demo.people import EVERYBODY
from workflows.models import (
    Event,
    HumanTask,
    Incident,
    IncidentKind,
    StepExecution,
    WebhookToken,
    WorkflowInstance,
)

SOME = (
    expenses.waiting,
    expenses.taken_by_ben,
    expenses.handed_over,
    expenses.unknown_to_the_ledger,
    expenses.withdrawn,
    expenses.suspended,
    expenses.new,
    documents.published_in_two_rounds,
    documents.forgotten,
    orders.paid,
    orders.not_paid,
    onboardings.expected,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def debug(settings: Settings) -> None:
    """Let it be development."""
    settings.DEBUG = True


@pytest.fixture
def nothing_but_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell one short story only."""
    monkeypatch.setattr(building, "STORIES", ((expenses.new, 1),))


@pytest.fixture
def some_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell one story of each kind."""
    monkeypatch.setattr(building, "STORIES", tuple((story, 1) for story in SOME))


def demo(*arguments: str) -> str:
    """Run the command and give what it prints."""
    printed = StringIO()
    call_command("demo", *arguments, stdout=printed)
    return printed.getvalue()


def person(username: str) -> User:
    """Give somebody as a request would: without what earlier questions left behind."""
    return User.objects.get(username=username)


def told() -> Counter[tuple[str, str, str]]:
    """Count what the demo has made."""
    rows = WorkflowInstance.objects.values_list("workflow", "summary", "status")
    return Counter(rows.order_by())


@pytest.mark.slow
def test_it_makes_two_hundred_requests_in_every_state() -> None:
    demo()

    states = Counter(WorkflowInstance.objects.values_list("status", flat=True).order_by())
    assert sum(states.values()) == 200
    assert set(states) == {"running", "waiting", "completed", "failed", "canceled"}
    assert states["completed"] > 100 > states["waiting"] > 50
    assert WorkflowInstance.objects.exclude(suspended_at=None).count() == 4
    tasks = set(HumanTask.objects.values_list("status", flat=True).order_by())
    assert tasks == {"ready", "reserved", "completed", "expired", "canceled"}
    assert WebhookToken.objects.filter(received_at=None, closed_at=None).count() >= 6
    assert set(Incident.objects.values_list("kind", flat=True).order_by()) == {
        IncidentKind.FAILED,
        IncidentKind.NOBODY,
    }


def test_people_see_what_they_should(some_stories: None) -> None:
    demo()

    ben, cleo, jonas = person("ben"), person("cleo"), person("jonas")
    assert lists.count_tasks(ben)["mine"] == 2
    assert lists.count_tasks(ben)["team"] >= 1
    assert not any(lists.count_tasks(cleo).values())
    assert not queries.visible_instances(cleo).exists()
    expenses_of_all = WorkflowInstance.objects.filter(workflow="expense_approval")
    seen = queries.visible_instances(jonas).filter(workflow="expense_approval")
    assert seen.count() == expenses_of_all.count()


def test_what_happened_lies_in_the_past_and_in_order(some_stories: None) -> None:
    demo()

    latest = WorkflowInstance.objects.latest("created_at").created_at
    assert not Event.objects.filter(at__gt=latest).exists()
    for instance in WorkflowInstance.objects.all():
        moments = list(instance.events.values_list("at", flat=True))
        assert moments == sorted(moments)
        assert moments[0] == instance.created_at


def test_only_what_has_just_been_started_is_left_for_the_worker(some_stories: None) -> None:
    demo()

    latest = WorkflowInstance.objects.latest("created_at").created_at
    due = StepExecution.objects.filter(status="ready")
    assert {execution.created_at for execution in due} == {latest}


def test_it_is_the_same_every_time(some_stories: None) -> None:
    demo()
    first = told()
    demo("--remove")
    demo()

    assert told() == first


def test_everybody_signs_in_with_the_password_that_is_printed(nothing_but_people: None) -> None:
    printed = [line.split() for line in demo().splitlines() if line.startswith("  ")]

    assert [words[0] for words in printed] == [person.username for person in EVERYBODY]
    assert len({words[1] for words in printed}) == len(EVERYBODY)
    for username, password, *_ in printed:
        assert authenticate(username=username, password=password) is not None
    assert person("admin").is_superuser


def test_it_is_refused_outside_development(settings: Settings) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG=1"):
        demo()
    assert not User.objects.exists()


def test_it_is_refused_where_somebody_is_already(ana: User) -> None:
    with pytest.raises(CommandError, match="1 people and 0 requests"):
        demo()
    assert User.objects.get() == ana


def test_removing_leaves_nothing_behind(some_stories: None) -> None:
    demo()
    printed = demo("--remove")

    assert printed.startswith(f"Removed {len(EVERYBODY)} people and ")
    for model in (User, Group, WorkflowInstance, StepExecution, Event, HumanTask, WebhookToken):
        assert not model.objects.exists()


def test_removing_takes_what_its_people_did_since_and_leaves_what_others_did(
    nothing_but_people: None, settings: Settings
) -> None:
    demo()
    zoe = User.objects.create_user("zoe")
    data = {"title": "Desk", "amount": 4200}
    theirs = engine.start_workflow("expense_approval", initial_data=data, user=person("ana"))
    ours = engine.start_workflow("expense_approval", initial_data=data, user=zoe)
    Group.objects.get(name="managers").user_set.add(zoe)
    settings.DEBUG = False

    demo("--remove")

    assert not WorkflowInstance.objects.filter(pk=theirs.pk).exists()
    assert WorkflowInstance.objects.get() == ours
    assert User.objects.get() == zoe
    assert Group.objects.get().name == "managers"


def test_removing_says_when_there_is_nothing() -> None:
    with pytest.raises(CommandError, match="no demo"):
        demo("--remove")

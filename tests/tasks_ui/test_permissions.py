"""Everybody at every address with every verb: as the table says, which knows every address."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tasks_ui.bulk.selection import listed_form
from tasks_ui.urls import urlpatterns
from tests.expenses import form_of, start_expense
from tests.people import person
from tests.tasks_ui.conftest import SignIn
from tests.tasks_ui.permissions import (
    ALL,
    COULD_DECIDE,
    FOR_STAFF,
    OPEN,
    OWN,
    PEOPLE,
    REQUEST,
    SEES_TASK,
    TASK,
    Rule,
)
from workflows import engine
from workflows.engine import queries
from workflows.models import (
    Draft,
    Event,
    HumanTask,
    Question,
    TaskAccess,
    TaskStatus,
    WorkflowInstance,
)
from workflows.permissions import make_permissions

pytestmark = pytest.mark.thorough

STARTS = ("start", "start_preview", "start_draft")
ROLES = {"lead": "manage", "administrator": "administer", "auditor": "view"}


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """Make somebody of each kind."""
    managers = ("candidate", "excluded", "assignee", "former")
    found = {
        name: person(name, groups=("managers",) if name in managers else ()) for name in PEOPLE
    }
    make_permissions(apps.get_app_config("workflows"))
    for name, role in ROLES.items():
        codename = f"{role}_expense_approval"
        found[name].user_permissions.add(Permission.objects.get(codename=codename))
    return found


@pytest.fixture
def task(people: dict[str, User]) -> HumanTask:
    """Give a task that one had, another has, a third could have had, and a fourth must not have."""
    found = start_expense(people["requester"])
    TaskAccess.objects.create(
        task=found,
        principal=f"u:{people['excluded'].pk}",
        relation="excluded",
        open=False,
        sort_at=found.created_at,
    )
    engine.claim(found, user=people["former"])
    engine.release(found.pk, user=people["former"])
    engine.claim(found.pk, user=people["assignee"])
    return queries.find_task(found.pk)


def state() -> tuple[Any, ...]:
    """Give everything that a verb could change."""
    tasks = HumanTask.objects.values_list("status", "assignee", "decided_by")
    return (
        list(tasks.order_by("pk")),
        list(WorkflowInstance.objects.values_list("status", "revision").order_by("pk")),
        Event.objects.count(),
        Question.objects.count(),
        Draft.objects.count(),
        sorted(TaskAccess.objects.values_list("task", "principal", "relation", "open")),
    )


def answer(client: Client, url: str, rule: Rule, method: str, task: HumanTask) -> tuple[int, bool]:
    """Ask for the address; give the status, and whether anything changed. It is taken back."""
    before = state()
    with transaction.atomic():
        if method == "POST":
            status = client.post(url, form_of(task) | (rule.post or {})).status_code
        else:
            status = client.get(url).status_code
        changed = state() != before
        transaction.set_rollback(True)
    return status, changed


def url_of(name: str, task: HumanTask) -> str:
    """Give an address of the task, of its request, or of a file that neither has."""
    first = task.pk if name in TASK else task.instance_id
    return reverse(name, args=[first, uuid4()] if name.endswith("_file") else [first])


@pytest.fixture
def clients(people: dict[str, User], sign_in: SignIn) -> dict[str, Client]:
    """Give everybody's browser."""
    return {who: sign_in(user) for who, user in people.items()}


@pytest.mark.slow
def test_everybody_is_answered_as_the_table_says(
    clients: dict[str, Client], task: HumanTask
) -> None:
    for name, rule in (TASK | REQUEST).items():
        method = "GET" if rule.post is None else "POST"
        for who, client in clients.items():
            status, changed = answer(client, url_of(name, task), rule, method, task)

            said = f"{who}: {method} {name}: {status}"
            assert (status != 404) == (who in rule.sees), said
            assert changed == (who in rule.acts), said
            assert status < 500, said


@pytest.mark.parametrize("who", ["assignee", "administrator"])
def test_what_is_only_read_takes_nothing_and_what_is_only_asked_changes_nothing(
    clients: dict[str, Client], task: HumanTask, who: str
) -> None:
    for name, rule in (TASK | REQUEST).items():
        method = "POST" if rule.post is None else "GET"
        status, changed = answer(clients[who], url_of(name, task), rule, method, task)

        assert status in ((404, 405) if rule.post is None else (200, 302)), f"{method} {name}"
        assert not changed, f"{method} {name}"


def test_nobody_who_is_not_signed_in_gets_anything(task: HumanTask, client: Client) -> None:
    for name, rule in (TASK | REQUEST).items():
        for method in ("GET", "POST"):
            status, changed = answer(client, url_of(name, task), rule, method, task)
            assert (status, changed) == (302, False), f"{method} {name}"


@pytest.mark.slow
def test_a_question_lets_whoever_is_asked_see_the_task_answer_it_and_do_nothing_else(
    people: dict[str, User], clients: dict[str, Client], task: HumanTask
) -> None:
    engine.ask(task, user=people["assignee"], of=people["asked"], question="Why?")
    allowed: dict[str, set[str]] = {
        "answer": {"asked"},
        "comment": {*SEES_TASK, "asked"},
        "override": {"administrator"},
        "recall": {"assignee", "lead", "administrator"},
        "snooze": {*COULD_DECIDE, "asked"},
        **{name: {*COULD_DECIDE} for name in ("draft", "decide", "task_preview")},
    }
    for name, rule in TASK.items():
        for who in PEOPLE if rule.post is not None else ("asked",):
            method = "GET" if rule.post is None else "POST"
            status, changed = answer(clients[who], url_of(name, task), rule, method, task)
            assert changed == (who in allowed.get(name, ())), f"{who}: {name}: {status}"
            assert name != "task" or status == 200


@pytest.mark.slow
@pytest.mark.parametrize("who", ["requester", "excluded"])
@pytest.mark.parametrize("also", ["candidate", "administrator"])
def test_whoever_is_excluded_decides_by_no_path(
    people: dict[str, User], task: HumanTask, sign_in: SignIn, who: str, also: str
) -> None:
    user = people[who]
    user.groups.set(people["candidate"].groups.all())
    user.user_permissions.set(people[also].user_permissions.all())
    engine.release(task.pk, user=None)
    client = sign_in(User.objects.get(pk=user.pk))
    for status in (TaskStatus.READY, TaskStatus.RESERVED):
        for name, rule in TASK.items():
            if rule.post is not None and name != "task_preview":
                with transaction.atomic():
                    client.post(url_of(name, task), {**form_of(task), **rule.post, "to": who})
                    found = HumanTask.objects.get(pk=task.pk)
                    assert user not in (found.assignee, found.decided_by), f"{name} when {status}"
                    transaction.set_rollback(True)
        if status == TaskStatus.READY:
            engine.claim(task.pk, user=people["assignee"])


@pytest.mark.parametrize("name", OWN)
def test_pages_about_oneself_are_everybodys(
    people: dict[str, User], sign_in: SignIn, name: str
) -> None:
    arguments: dict[str, list[Any]] = {
        "inbox": ["mine"],
        "own_file": [uuid4()],
        "saved_view": ["unknown"],
    }
    arguments |= {start: ["expense_approval"] for start in STARTS}
    arguments |= {batch: [uuid4()] for batch in ("bulk_result", "bulk_undo")}
    url = reverse(name, args=arguments.get(name, []))
    for who in ("stranger", "administrator"):
        status = sign_in(people[who]).get(url).status_code
        assert (status != 404) == (who in OWN[name].sees)
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize(
    ("act", "verb", "said"),
    [
        ("decide", "decide", {"outcome": '["approve", "Approve"]'}),
        ("claim", "claim", {}),
        ("hand_over", "hand_over", {"to": "candidate"}),
        ("snooze", "snooze", {"until": "tomorrow"}),
    ],
)
def test_nobody_may_do_more_with_many_tasks_than_with_one(
    clients: dict[str, Client], task: HumanTask, act: str, verb: str, said: dict[str, str]
) -> None:
    post = {"act": act, "pick": f"{task.pk.hex}.1", "confirmed": "1", **said}
    post["fingerprint"] = listed_form(task)
    acts = {"assignee"} if act == "decide" else TASK[verb].acts
    for who, client in clients.items():
        status, changed = answer(client, "/bulk/", Rule(ALL, post), "POST", task)

        assert changed == (who in acts), f"{who}: {act}: {status}"


def test_there_is_no_address_that_the_table_does_not_know() -> None:
    known = {*TASK, *REQUEST, *OWN, *FOR_STAFF, *OPEN}

    assert {pattern.name for pattern in urlpatterns} == known

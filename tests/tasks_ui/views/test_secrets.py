"""What a form keeps from its readers is on no page, wherever its author has said so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.tasks_ui.conftest import SignIn
from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import sequence
from workflows import engine
from workflows.models import Draft, Event, HumanTask, StepExecution
from workflows.testing import drain, registered

TEXT = {"type": "string"}
PASSWORD = {"ui:widget": "password"}
START = {
    "type": "object",
    "properties": {
        "how": {
            "oneOf": [
                {"title": "Key", "properties": {"key": TEXT}, "required": ["key"]},
                {"title": "Card", "properties": {"card": TEXT}, "required": ["card"]},
            ]
        },
        "later": TEXT,
    },
}
LOOK = {"how": {"oneOf": [{}, {"card": PASSWORD}]}}
ASKED: dict[str, Any] = {
    "type": "object",
    "properties": {"decision": {"enum": ["approve", "reject"]}, "later": TEXT, "pins": {}},
    "required": ["decision"],
}
ASKED["properties"]["pins"] = {"type": "array", "items": TEXT}
SAID = {"later": PASSWORD, "pins": {"items": PASSWORD}}


@pytest.fixture
def task(ana: User, ben: User) -> Iterator[HumanTask]:
    """Give a task about what is secret by its look alone."""
    step = Ask("ben", form_schema=ASKED, ui_schema=SAID, row_fields=["how", "later"])
    workflow = sequence(
        *(step, Ask("ben")),
        start_schema=START,
        start_ui_schema=LOOK,
        visible_data=["how", "later", "pins"],
    )
    with registered(workflow):
        data = {"how": {"card": "sesame-1"}, "later": "sesame-2"}
        engine.start_workflow(workflow.name, user=ana, initial_data=data)
        drain()
        yield HumanTask.objects.get()


def test_secrets_by_their_look_are_on_no_page(task: HumanTask, ben: User, sign_in: SignIn) -> None:
    boss = User.objects.create_superuser("boss")
    assert "sesame" not in str(task.row_data)
    fields = {"d/later": "x", "s/later": "sesame-3", "s/pins/n1": "sesame-4", "r/pins": ["=", "n1"]}
    sign_in(ben).post(f"/t/{task.pk}/draft/", fields)
    assert "sesame" not in str(Draft.objects.get().fields)
    before = sign_in(ben).get(f"/t/{task.pk}/").content.decode()
    assert "Not shown" in before
    assert "sesame" not in before

    data = {**APPROVE, "later": "sesame-3", "pins": ["sesame-4"]}
    engine.complete_human_task(task, user=ben, data=data)
    drain()

    instance, (_first, second) = task.instance, HumanTask.objects.order_by("pk")
    pages = [
        *(f"/t/{one.pk}/" for one in (task, second)),
        *(f"/t/{task.pk}/receipt/", f"/r/{instance.pk}/", "/inbox/mine/"),
        *(_admin("humantask", one.pk) for one in (task, second)),
        _admin("workflowinstance", instance.pk),
        *(_admin("event", pk) for pk in Event.objects.values_list("pk", flat=True)),
        *(_admin("stepexecution", pk) for pk in StepExecution.objects.values_list("pk", flat=True)),
    ]
    for user in (ben, boss):
        answers = [sign_in(user).get(page, follow=True) for page in pages]
        assert [
            page for page, one in zip(pages, answers, strict=True) if b"sesame" in one.content
        ] == []
    assert sum(one.status_code == 200 for one in answers) > 10
    instance.refresh_from_db()
    assert instance.data["later"] == "sesame-3", "Steps go on with what was filled in."


def _admin(model: str, pk: Any) -> str:
    return reverse(f"admin:workflows_{model}_change", args=[pk])

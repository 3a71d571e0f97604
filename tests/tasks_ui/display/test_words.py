"""Data on pages: in the words of whichever form has asked for them, and never a secret."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.contrib.auth.models import User

from tests.tasks_ui.conftest import SignIn
from tests.workflows.asking import FORM, Ask
from tests.workflows.definitions import gone, sequence
from workflows import engine
from workflows.definition.registry import registry
from workflows.models import HumanTask
from workflows.testing import drain, registered

PIN: Final = "4711-secret"
URGENCY: Final = {
    "title": "Urgency of anything",
    "oneOf": [{"const": 1, "title": "Can wait"}, {"const": 2, "title": "At once"}],
}
ASKED: Final[dict[str, Any]] = {
    "type": "object",
    "allOf": [
        {"properties": {"urgency": {"$ref": "#/$defs/urgency", "title": "How urgent is it?"}}}
    ],
    "properties": {"pin": {"type": "string", "writeOnly": True}},
    "$defs": {"urgency": URGENCY},
}
GIVEN: Final = {"urgency": 2, "pin": PIN}


@pytest.fixture
def task(db: None, ana: User, ben: User) -> Iterator[HumanTask]:
    """Give a task of Ben's, after Ana has answered what another form asks."""
    review = Ask("ben", form_schema=FORM, visible_data=["urgency", "pin"])
    with registered(sequence(Ask("ana", form_schema=ASKED), review, name="two_forms")):
        engine.start_workflow("two_forms", user=ana)
        drain()
        engine.complete_human_task(HumanTask.objects.get(), user=ana, data=GIVEN)
        drain()
        yield HumanTask.objects.open().get()


def test_a_task_and_its_receipt_say_what_another_form_has_asked(
    ben: User, sign_in: SignIn, task: HumanTask
) -> None:
    page = sign_in(ben).get(f"/t/{task.pk}/").content.decode()
    engine.complete_human_task(task, user=ben, data={"decision": "approve"})
    receipt = sign_in(ben).get(f"/t/{task.pk}/receipt/").content.decode()

    for shown in (page, receipt):
        assert_in_words(shown)


def assert_in_words(page: str) -> None:
    """Look whether a page tells what Ana has answered, but for her secret."""
    assert "How urgent is it?" in page
    assert "Urgency of anything" not in page
    assert "At once" in page
    assert "Not shown" in page
    assert PIN not in page


def test_what_was_submitted_is_told_without_its_secrets(
    ana: User, sign_in: SignIn, task: HumanTask
) -> None:
    first = HumanTask.objects.exclude(pk=task.pk).get()

    assert_in_words(sign_in(ana).get(f"/t/{first.pk}/receipt/").content.decode())


def test_a_difference_is_told_in_the_same_words(
    ben: User, sign_in: SignIn, task: HumanTask
) -> None:
    client = sign_in(ben)
    decision = client.get(f"/t/{task.pk}/").context["decision"]
    posted = {
        "revision": str(task.instance.data_revision),
        "submission": decision.submission_id,
        "receipt": decision.receipt,
        "fingerprint": decision.asked.fingerprint,
        "outcome": decision.buttons[0].value,
    }
    change(task, urgency=1, pin="other")

    answer = client.post(f"/t/{task.pk}/decide/", posted)

    page = answer.content.decode()
    assert answer.status_code == 409
    for text in ("How urgent is it?", "At once", "Can wait"):
        assert text in page
    assert PIN not in page


def change(task: HumanTask, **data: Any) -> None:
    """Let the data of a request become others, as a step of another branch would."""
    instance = task.instance
    instance.data_revision += 1
    instance.events.create(
        seq=999,
        kind="data.changed",
        at=instance.created_at,
        data={
            "data_revision": instance.data_revision,
            "changes": {name: [instance.data[name], value] for name, value in data.items()},
        },
    )
    instance.data |= data
    instance.save()


def test_another_form_that_is_refused_takes_nothing_from_a_page(
    ben: User, sign_in: SignIn, task: HumanTask
) -> None:
    definition = task.instance.definition
    first = next(node for node in definition.content["nodes"] if node.get("form_schema") == ASKED)
    first["form_schema"] = {"properties": {"urgency": {"$ref": "http://example.org/x.json"}}}
    definition.save()

    with gone(registry.get("two_forms")):
        answer = sign_in(ben).get(f"/t/{task.pk}/")

    assert answer.status_code == 200
    assert "Urgency" in answer.content.decode()

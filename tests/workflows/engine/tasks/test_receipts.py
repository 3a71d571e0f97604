"""Receipts of decisions: what they say, how they hang together, and what they give away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Note, sequence
from workflows import engine
from workflows.engine import queries
from workflows.models import Event, HumanTask, WorkflowInstance
from workflows.schemas import SECRET
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]


@pytest.fixture
def decided(run: Run, ana: User, ben: User) -> WorkflowInstance:
    """Give an instance on which two decisions were made, one after the other."""
    workflow = sequence(Ask("ben"), Ask("ben"), Note(), visible_data=["amount", "missing"])
    instance = run(workflow, user=ana, initial_data={"amount": 4200.5, "secret": "x"})
    for comment in ("Fine.", "Fine, too."):
        task = HumanTask.objects.get(status="reserved")
        engine.complete_human_task(task, user=ben, data={**APPROVE, "comment": comment})
        drain()
    return WorkflowInstance.objects.get(pk=instance.pk)


def receipts() -> list[Event]:
    """Give the events that have one."""
    events = Event.objects.order_by("seq")
    return [event for event in events if "receipt" in event.data]


def problems() -> str:
    """Give what does not fit."""
    return " ".join(queries.check_receipts(WorkflowInstance.objects.get()).problems)


def test_a_receipt_says_what_was_decided_on_what_was_shown(
    ben: User, decided: WorkflowInstance
) -> None:
    first, second = receipts()
    said = json.loads(first.data["receipt"]["text"])

    assert said["shown"] == {"amount": 4200.5}
    assert said["submitted"] == {**APPROVE, "comment": "Fine."}
    assert (said["label"], said["overridden"], said["via"]) == ("Approve", False, "web")
    assert said["by"] == {"id": ben.pk, "username": "ben", "name": "Ben"}
    assert said["previous"] is None
    assert first.data["receipt"]["sha256"] == (
        hashlib.sha256(first.data["receipt"]["text"].encode()).hexdigest()
    )
    assert json.loads(second.data["receipt"]["text"])["previous"] == first.data["receipt"]["sha256"]
    assert problems() == ""


def test_secrets_are_not_in_a_receipt_that_fits_nevertheless(
    run: Run, ana: User, ben: User
) -> None:
    pin = {"type": "string", "writeOnly": True}
    schema = {"type": "object", "properties": {"pin": pin, "comment": {"type": "string"}}}
    workflow = sequence(Ask("ben", form_schema=schema), Note(), start_schema=schema)
    run(workflow, user=ana, initial_data={"pin": "4711"})
    data = {"pin": "0815", "comment": "Fine."}
    engine.complete_human_task(HumanTask.objects.get(), user=ben, data=data)

    (event,) = receipts()
    said = json.loads(event.data["receipt"]["text"])
    assert said["shown"] == {"pin": SECRET}
    assert said["submitted"] == {"pin": SECRET, "comment": "Fine."}
    assert event.data["submitted"] == data, "Steps go on with what was filled in."
    assert problems() == ""

    event.data["submitted"]["comment"] = "No."
    event.save()
    assert "other values for this decision" in problems()


def change_submitted(first: Event, second: Event) -> None:
    first.data["submitted"]["comment"] = "No."
    first.save()


def change_text(first: Event, second: Event) -> None:
    first.data["receipt"]["text"] = first.data["receipt"]["text"].replace("Fine.", "Nope.")
    first.data["submitted"]["comment"] = "Nope."
    first.save()


def change_text_and_sum(first: Event, second: Event) -> None:
    change_text(first, second)
    text = first.data["receipt"]["text"]
    first.data["receipt"]["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    first.save()


def change_decider(first: Event, second: Event) -> None:
    Event.objects.filter(pk=first.pk).update(actor=None)


def remove_first(first: Event, second: Event) -> None:
    first.delete()


def remove_last(first: Event, second: Event) -> None:
    second.delete()


def remove_receipt(first: Event, second: Event) -> None:
    del second.data["receipt"]
    second.save()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (change_submitted, "The history has other values"),
        (change_text, "is not the one that its sum was made of"),
        (change_text_and_sum, "It does not follow the receipt before it"),
        (change_decider, "another person, moment or step"),
        (remove_first, "It does not follow the receipt before it"),
        (remove_last, "is not the one that the request remembers"),
        (remove_receipt, "is not the one that its sum was made of"),
    ],
)
def test_what_was_changed_afterwards_is_found(
    decided: WorkflowInstance, tamper: Callable[[Event, Event], None], found: str
) -> None:
    tamper(*receipts())

    assert found in problems()
    with pytest.raises(CommandError, match="1 instances"):
        call_command("verify_receipts", verbosity=0)


def test_a_task_that_says_otherwise_is_found(decided: WorkflowInstance) -> None:
    HumanTask.objects.update(outcome_label="Reject")
    task = queries.find_task(HumanTask.objects.order_by("pk")[0].pk)

    receipt, _chain = queries.decision_receipt(task)

    assert receipt is not None
    assert "The task has another decision" in " ".join(receipt.problems)


def test_what_is_undone_stays_in_the_chain_and_stands_no_longer(run: Run, ben: User) -> None:
    run(sequence(Ask("ben", undo=timedelta(minutes=5)), Note()))
    task = engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
    engine.undo(task, user=ben)
    assert queries.decision_receipt(queries.find_task(task.pk))[0] is None

    engine.complete_human_task(task.pk, user=ben, data={"decision": "reject"})
    drain(now=timezone.now() + timedelta(minutes=6))

    receipt, chain = queries.decision_receipt(queries.find_task(task.pk))
    assert receipt is not None
    assert (receipt.said["label"], receipt.problems, chain.problems) == ("Reject", (), ())
    assert len(chain.receipts) == 2


@pytest.mark.parametrize("way", ["override", "time"])
def test_what_administrators_and_clocks_decide_has_one_too(
    run: Run, admin: User, ben: User, way: str
) -> None:
    step: Any = Ask("ben", timeout_outcome=APPROVE, get_due_date=lambda context: timedelta(days=1))
    run(sequence(step))
    task = HumanTask.objects.get()
    if way == "override":
        engine.override(task, user=admin, data=APPROVE, reason="Ben is away.")
    else:
        drain(now=timezone.now() + timedelta(days=2))

    receipt, chain = queries.decision_receipt(queries.find_task(task.pk))

    assert receipt is not None
    assert chain.problems == receipt.problems == ()
    said = receipt.said
    assert said["assignee"]["username"] == "ben"
    assert (said["overridden"], (said["by"] or {}).get("username")) == (
        (True, "ada") if way == "override" else (False, None)
    )
    call_command("verify_receipts", str(task.instance_id), verbosity=0)


def test_decisions_from_before_there_were_receipts_have_none(decided: WorkflowInstance) -> None:
    for event in receipts():
        del event.data["receipt"]
        event.save()
    WorkflowInstance.objects.update(last_receipt=None)

    assert problems() == ""
    task = queries.find_task(HumanTask.objects.order_by("pk")[0].pk)
    assert queries.decision_receipt(task)[0] is None

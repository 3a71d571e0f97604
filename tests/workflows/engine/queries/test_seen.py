"""Approving what was seen: a change in the visible data asks again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import sequence
from workflows import engine
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.transition import lock_one
from workflows.exceptions import (
    DataChanged,
)
from workflows.models import HumanTask, WorkflowInstance

Run = Callable[..., WorkflowInstance]


def test_who_approves_something_else_than_they_saw_is_asked_again(
    run: Run, ana: User, ben: User
) -> None:
    definition = sequence(Ask("ben"), visible_data=["amount"])
    instance = run(definition, user=ana, initial_data={"amount": 10, "other": 1})
    seen = instance.data_revision
    change(instance, other=2)
    change(instance, amount=20)
    change(instance, amount=30)

    with pytest.raises(DataChanged) as caught:
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE, revision=seen)

    assert caught.value.difference == {"amount": (10, 30)}
    engine.complete_human_task(
        HumanTask.objects.get(), user=ben, data=APPROVE, revision=caught.value.revision
    )


def test_a_change_that_the_reviewer_does_not_see_asks_nobody(run: Run, ben: User) -> None:
    instance = run(sequence(Ask("ben"), visible_data=["amount"]), initial_data={"amount": 10})
    change(instance, other=2)

    engine.complete_human_task(
        HumanTask.objects.get(), user=ben, data=APPROVE, revision=instance.data_revision
    )


def change(instance: WorkflowInstance, **values: Any) -> None:
    """Change data as another branch's step does."""
    with transaction.atomic():
        transition = lock_one(instance.pk, timezone.now())
        transition.record("step.succeeded", path="elsewhere", **transition.merge(values))
        write([transition])

"""An instance that is moved to an identical copy, at any moment, ends as one that stayed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, repeat
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.db import transaction

from tests import people
from tests.workflows.landed import definitions as landed
from workflows import WorkflowDefinition, engine
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.queue.claims import claim
from workflows.engine.run.finish import finish
from workflows.engine.run.perform import perform
from workflows.engine.store import clock
from workflows.engine.work.load import load
from workflows.engine.work.webhook_tokens import Address, make_token
from workflows.models import Event, HumanTask, StepExecution, WorkflowInstance
from workflows.testing import registered

pytestmark = pytest.mark.django_db

BEGINS_AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
JOURNEYS: dict[WorkflowDefinition, dict[str, Any]] = {
    landed.approval: {"amount": 10, "who": "Ana"},
    landed.groups: {"way": "right"},
    landed.joins: {},
    replace(landed.calls, steps={**landed.calls.steps, "sent": landed.Paid()}): {},
}


@dataclass(frozen=True)
class End:
    """What is compared of two instances."""

    data: dict[str, Any]
    visits: dict[str, int]
    executions: list[tuple[Any, ...]]
    events: list[tuple[str, str]]


def travel(definition: WorkflowDefinition, data: dict[str, Any], moves: Iterator[bool]) -> End:
    """Go through the workflow, one execution at a time, and move between them when told to."""
    with transaction.atomic():
        people.ben()
        instance = engine.start_workflow(definition.name, initial_data=data, version="1.0")
        moment = BEGINS_AT
        while not instance.has_ended:
            with clock.at(moment):
                goes_on = run_one() or act(instance)
            moment += timedelta(0) if goes_on else timedelta(days=3)
            if next(moves):
                move(instance)
            instance.refresh_from_db()
        found = end_of(instance)
        transaction.set_rollback(True)
    return found


def run_one() -> bool:
    """Run the execution that is due next; say whether there was one."""
    code = runnable_ids().keys()
    claimed = claim("one", 1, lease=timedelta(minutes=5), definitions=code, now=clock.now())
    work = load(claimed, eager_history=True)
    finish([async_to_sync(perform)(one) for one in work])
    return bool(work)


def act(instance: WorkflowInstance) -> bool:
    """Decide a task or call a webhook, if there is one; say whether there was."""
    ben = User.objects.get(username="ben")
    task = HumanTask.objects.open().order_by("execution_id").first()
    listening = StepExecution.objects.filter(kind="webhook", status="waiting").first()
    if task is not None:
        answer = {"decision": "approve"} if task.step == "ask" else {"seen": True}
        engine.complete_human_task(task, user=ben, data=answer)
    elif listening is not None:
        token = make_token(Address(instance.pk, listening.path, listening.visit))
        engine.receive_webhook(token, {"paid": True})
    return task is not None or listening is not None


def move(instance: WorkflowInstance) -> None:
    """Move to the copy, or from the copy back."""
    instance.refresh_from_db()
    here = instance.definition.version
    there = "2.0" if here == "1.0" else "1.0"
    answers = engine.migrate_instances(instance.workflow, here, there, dry_run=False)
    assert all(answer.moved for answer in answers)


def end_of(instance: WorkflowInstance) -> End:
    rows = StepExecution.objects.filter(instance=instance).order_by("id")
    events = Event.objects.filter(instance=instance).exclude(kind="instance.migrated")
    return End(
        instance.data,
        instance.visits,
        list(rows.values_list("path", "visit", "status", "result")),
        list(events.order_by("seq").values_list("kind", "path")),
    )


@pytest.mark.slow
@pytest.mark.parametrize("definition", JOURNEYS, ids=lambda definition: definition.name)
def test_moving_to_an_identical_copy_changes_nothing(definition: WorkflowDefinition) -> None:
    data = JOURNEYS[definition]
    with registered(definition, replace(definition, version="2.0")):
        stayed = travel(definition, data, repeat(False))

        for pattern in ([True], [False, True, False]):
            assert travel(definition, data, cycle(pattern)) == stayed

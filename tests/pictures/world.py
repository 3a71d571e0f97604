"""What there is to see: the demo, and scenes that it does not have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.utils import timezone

from tests.browser.elsewhere import elsewhere
from tests.pictures.contracts import DATA, DEFINITION
from workflows import engine, register
from workflows.engine import queries
from workflows.examples.demo.building import make_demo
from workflows.models import HumanTask, TaskStatus, WorkflowInstance
from workflows.testing import drain

APPROVE = {"decision": "approve"}


@dataclass(frozen=True)
class World:
    """What the pages are about; `places` are the ids that their addresses name."""

    places: dict[str, str]
    people: dict[str, User]

    def expense(self, title: str = "Chairs for the balcony") -> HumanTask:
        """Give a new task that Ben may decide."""
        return elsewhere(expense, self.people["ana"], title)


def make() -> World:
    """Fill the database."""
    # Nobody works here: the banner that says so would be in every picture.
    cache.set("work-is-stalled", False, timeout=None)
    register(DEFINITION)
    make_demo()
    drain()
    people = {user.username: user for user in User.objects.all()}
    _rename(people["farah"])
    places = {name: str(make(people).pk) for name, make in SCENES.items()}
    drain()
    for name, found in _requests().items():
        places[name] = str(found.pk)
    return World(places, people)


def expense(by: User, title: str) -> HumanTask:
    """Start an expense that a manager must approve."""
    data = {
        "title": title,
        "amount": 3480.5,
        "category": "equipment",
        "cost_center": "3100",
        "notes": "Six of them; the old ones are broken.",
    }
    started = engine.start_workflow("expense_approval", initial_data=data, user=by)
    drain()
    return HumanTask.objects.get(instance=started)


def change_amount(task: HumanTask) -> None:
    """Change what the task is about, as a step beside it would."""
    instance = task.instance
    revision = instance.data_revision + 1
    changes = {"data_revision": revision, "changes": {"amount": [3480.5, 3980.5]}}
    instance.events.create(
        seq=999, kind="step.succeeded", path="submit", at=instance.created_at, data=changes
    )
    instance.data |= {"amount": 3980.5}
    instance.data_revision = revision
    instance.save()


def _rename(person: User) -> None:
    person.first_name, person.last_name = "Maximiliane-Theodora", "von Hohenlohe-Schillingsfürst"
    person.save()


def _approval(people: dict[str, User], **which: Any) -> HumanTask:
    found = HumanTask.objects.filter(
        instance__workflow="expense_approval", instance__suspended_at=None, **which
    )
    task = found.exclude(instance__started_by=people["ben"]).order_by("-due_at").first()
    assert task, f"The demo has no task for {which}."
    return task


def _open(people: dict[str, User]) -> HumanTask:
    return _approval(people, status=TaskStatus.READY, step="manager_approval")


def _mine(people: dict[str, User]) -> HumanTask:
    return _approval(people, assignee=people["ben"], status=TaskStatus.RESERVED)


def _theirs(people: dict[str, User]) -> HumanTask:
    return _approval(people, assignee=people["mara"], status=TaskStatus.RESERVED)


def _decided(people: dict[str, User]) -> HumanTask:
    return _approval(people, decided_by=people["ben"], outcome="reject")


def _asked(people: dict[str, User]) -> HumanTask:
    task = expense(people["hanna"], "Hotel for the kick-off")
    engine.claim(task, user=people["ben"])
    text = "Was the early-bird price still to be had?\nThe offer says so."
    return engine.ask(task.pk, user=people["ben"], of=people["emil"], question=text)


def _answered(people: dict[str, User]) -> HumanTask:
    task = expense(people["emil"], "Two nights in Aveiro")
    engine.claim(task, user=people["ben"])
    engine.ask(task.pk, user=people["ben"], of=people["farah"], question="Who has travelled?")
    return engine.answer(task.pk, user=people["farah"], text="Emil and I, for the audit.")


def _snoozed(people: dict[str, User]) -> HumanTask:
    task = expense(people["hanna"], "Lamps for the hall")
    return engine.snooze(task, user=people["ben"], until=timezone.now() + timedelta(days=2))


def _overridden(people: dict[str, User]) -> HumanTask:
    task = expense(people["hanna"], "Urgent repair of the lift")
    reason = "Both managers are ill."
    return engine.override(task, user=people["admin"], data=APPROVE, reason=reason)


def _canceled(people: dict[str, User]) -> HumanTask:
    task = expense(people["ana"], "Coffee machine")
    engine.cancel_workflow(task.instance_id, user=people["ana"], reason="Entered twice.")
    return queries.find_task(task.pk)


def _long(people: dict[str, User]) -> HumanTask:
    started = engine.start_workflow(DEFINITION.name, initial_data=DATA, user=people["farah"])
    drain()
    return HumanTask.objects.get(instance=started)


def _undoable(people: dict[str, User]) -> HumanTask:
    task = _long(people)
    data = {"decision": "agree", "from": "2027-01-01"}
    return engine.complete_human_task(task, user=people["ben"], data=data)


def _review(people: dict[str, User]) -> HumanTask:
    found = HumanTask.objects.filter(status=TaskStatus.READY, step="review")
    return found.exclude(description__startswith="Please read").first() or found[0]


SCENES: dict[str, Callable[[dict[str, User]], HumanTask]] = {
    "open": _open,
    "mine": _mine,
    "theirs": _theirs,
    "decided": _decided,
    "asked": _asked,
    "answered": _answered,
    "snoozed": _snoozed,
    "overridden": _overridden,
    "canceled": _canceled,
    "long": _long,
    "undoable": _undoable,
    "review": _review,
}


def _requests() -> dict[str, WorkflowInstance]:
    def one(name: str, status: str) -> WorkflowInstance:
        return WorkflowInstance.objects.filter(workflow=name, status=status)[0]

    return {
        "request": one("expense_approval", "waiting"),
        "completed_request": one("document_review", "completed"),
        "failed_request": one("expense_approval", "failed"),
        "canceled_request": one("expense_approval", "canceled"),
        "onboarding": one("onboarding", "waiting"),
        "order": one("order_with_payment", "waiting"),
        "long_request": one(DEFINITION.name, "waiting"),
    }

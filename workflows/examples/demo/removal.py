"""Takes the demo away again, in an order that leaves no row pointing at nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q

from workflows.examples.demo.people import MAIL, PEOPLE
from workflows.models import (
    Attachment,
    Event,
    HumanTask,
    Incident,
    StepExecution,
    WebhookToken,
    WorkflowInstance,
)

IN_ORDER = (Attachment, Incident, Event, HumanTask, WebhookToken, StepExecution)


@dataclass(frozen=True)
class Removed:
    """How much was taken away."""

    instances: int
    people: int


@transaction.atomic
def remove_demo() -> Removed:
    """Delete the demo's people, groups that they leave empty, and all that they took part in.

    The files of what is deleted go with the next sweep.
    """
    people = User.objects.filter(email__endswith=MAIL)
    instances = _instances(list(people))
    StepExecution.objects.filter(instance__in=instances).update(previous=None)
    for model in IN_ORDER:
        model.objects.filter(instance__in=instances).delete()
    WorkflowInstance.objects.filter(pk__in=instances).delete()
    Attachment.objects.filter(uploaded_by__in=people).delete()
    removed = Removed(len(instances), people.count())
    people.delete()
    names = {name for person in PEOPLE for name in person.groups}
    if removed.people:
        Group.objects.filter(name__in=names, user=None).delete()
    return removed


def _instances(people: list[User]) -> list[UUID]:
    """Ids of what the demo made, and of what its people have worked on since."""
    theirs = (
        Q(metadata__demo=True)
        | Q(started_by__in=people)
        | Q(events__actor__in=people)
        | Q(tasks__assignee__in=people)
        | Q(tasks__decided_by__in=people)
    )
    return list(
        WorkflowInstance.objects.filter(theirs).order_by().values_list("pk", flat=True).distinct()
    )

"""Who can act on a task, by name: for whoever waits for it, or wonders why they may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q

from workflows.engine.access.people import by_name, display_name
from workflows.engine.access.rows import ids_of, of_user
from workflows.models.tasks import HumanTask, Relation, TaskAccess

MOST_NAMED: Final = 50


@dataclass(frozen=True)
class Actors:
    """Whom a task was offered to.

    Attributes:
        people: names of those offered to by themselves or by a group, without who is excluded.
        groups: names of the groups.
        excluded: names of those who must not decide.
        are_more: whether there are more people than are named.
    """

    people: list[str]
    groups: list[str]
    excluded: list[str]
    are_more: bool


def actors_of(task: HumanTask) -> Actors:
    """Give who can act on a task, as its groups are now; at most fifty by name."""
    rows = TaskAccess.objects.filter(task=task, relation=Relation.EXCLUDED)
    barred = set(rows.values_list("principal", flat=True))
    users, groups = ids_of(task.offered_to, "u"), ids_of(task.offered_to, "g")
    model = get_user_model()
    offered = model.objects.filter(Q(pk__in=users) | Q(groups__in=groups), is_active=True)
    everybody = model.objects.filter(Q(pk__in=offered.values("pk")) | Q(pk__in=ids_of(barred, "u")))
    found: list[Any] = list(by_name(everybody)[: MOST_NAMED + 1])
    may = [display_name(one) for one in found if of_user(one.pk) not in barred]
    may_not = [display_name(one) for one in found if of_user(one.pk) in barred]
    named = Group.objects.filter(pk__in=groups).order_by("name")
    return Actors(may, [group.name for group in named], may_not, len(found) > MOST_NAMED)

"""Users and groups as steps and pages name them; who can act on a task, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from workflows.engine.access.rows import ids_of, of_user
from workflows.engine.work.results import Person
from workflows.models.tasks import NO_REASON, HumanTask, Relation, TaskAccess
from workflows.values.moments import zone_named


@dataclass(frozen=True)
class Found:
    """Ids of those found, and the names of those who were not (or are not active)."""

    ids: tuple[Any, ...]
    missing: tuple[Person, ...]


def find_users(people: Iterable[Person]) -> Found:
    """Active users by id or username."""
    wanted = list(people)
    if not wanted:
        return Found((), ())
    model = get_user_model()
    name = model.USERNAME_FIELD
    ids = [person for person in wanted if isinstance(person, int)]
    names = [person for person in wanted if isinstance(person, str)]
    rows = model.objects.filter(
        Q(pk__in=ids) | Q(**{f"{name}__in": names}), is_active=True
    ).values_list("pk", name)
    return _sorted_out(wanted, rows)


def zone_of(user_id: Any) -> tzinfo:
    """Give the time zone of a user, whom `WORKFLOWS_ZONE_OF` is asked about, else the site's."""
    path = getattr(settings, "WORKFLOWS_ZONE_OF", "")
    name = import_string(path)(user_id) if path and user_id is not None else ""
    return zone_named(name) or timezone.get_default_timezone()


def find_groups(people: Iterable[Person]) -> Found:
    """Give groups by id or name."""
    wanted = list(people)
    if not wanted:
        return Found((), ())
    ids = [person for person in wanted if isinstance(person, int)]
    names = [person for person in wanted if isinstance(person, str)]
    rows = Group.objects.filter(Q(pk__in=ids) | Q(name__in=names)).values_list("pk", "name")
    return _sorted_out(wanted, rows)


def _sorted_out(wanted: Sequence[Person], rows: Iterable[tuple[Any, str]]) -> Found:
    known: dict[Person, Any] = {}
    for key, name in rows:
        known[key] = known[name] = key
    ids = tuple(dict.fromkeys(known[person] for person in wanted if person in known))
    return Found(ids, tuple(person for person in wanted if person not in known))


def anybody(user_ids: Iterable[Any], group_ids: Iterable[Any], excluded: Iterable[Any]) -> bool:
    """Whether an active person who is not excluded is among these users or groups."""
    users = get_user_model().objects.filter(is_active=True)
    among = Q(pk__in=list(user_ids)) | Q(groups__in=list(group_ids))
    return users.filter(among).exclude(pk__in=list(excluded)).exists()


def display_name(user: AbstractBaseUser | None) -> str:
    """Give a person's full name, or username; empty for nobody."""
    if user is None:
        return ""
    full = getattr(user, "get_full_name", str)()
    return str(full or user.get_username())


def by_name(people: QuerySet[Any]) -> QuerySet[Any]:
    """Order people by the names that pages show."""
    return people.order_by("first_name", "last_name", people.model.USERNAME_FIELD)


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


SEEING: Final = ("view", "manage", "administer")
"""Roles that let see every task of a workflow."""


def audience(task: HumanTask) -> QuerySet[Any]:
    """Give the active people who may see a task, by name.

    It follows `task_access` in one statement more than the rows of the task; where the two should
    differ, as with permissions from elsewhere than the database, what `task_access` says counts.
    """
    rows = TaskAccess.objects.filter(task=task).exclude(relation__in=NO_REASON)
    principals = list(rows.values_list("principal", flat=True))
    users, groups = (ids_of(principals, kind) for kind in ("u", "g"))
    model: Any = get_user_model()
    codenames = [f"{role}_{task.instance.workflow}" for role in SEEING]
    roles = Permission.objects.filter(
        content_type__app_label="workflows", codename__in=codenames
    ).values("pk")
    among = (
        Q(pk__in=[*users, task.instance.started_by_id or 0])
        | Q(is_superuser=True)
        | Q(pk__in=model.objects.filter(groups__in=groups).values("pk"))
        | Q(pk__in=model.objects.filter(user_permissions__in=roles).values("pk"))
        | Q(pk__in=model.objects.filter(groups__permissions__in=roles).values("pk"))
    )
    return by_name(model.objects.filter(among, is_active=True))

"""Users and groups as steps name them, looked up, and as pages name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from workflows.engine.work.results import Person


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

"""The people of the demo, their groups and what these may do."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.contrib.auth.models import Group, Permission, User
from django.utils.crypto import get_random_string

MAIL: Final = "@demo.invalid"
"""Ends the address of everybody in the demo, so that they are known again."""

LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"

ROUNDS: Final = 20_000


@dataclass(frozen=True)
class Person:
    """Somebody in the demo, and what one should sign in as them for."""

    username: str
    first_name: str
    last_name: str
    does: str
    groups: tuple[str, ...] = ()


PEOPLE: Final = (
    Person("ana", "Ana", "Silva", "starts requests, and revises her documents"),
    Person("ben", "Ben", "Carter", "approves expenses up to 10,000", ("managers", "authors")),
    Person("mara", "Mara", "Lindqvist", "approves them too", ("managers",)),
    Person("dana", "Dana", "Weiss", "approves those above, and leads the managers", ("directors",)),
    Person("cleo", "Cleo", "Dubois", "takes part in nothing, and sees nothing"),
    Person("emil", "Emil", "Novak", "writes documents and reviews them", ("authors",)),
    Person("farah", "Farah", "Haddad", "does the same", ("authors",)),
    Person("hanna", "Hanna", "Vogel", "starts onboardings, and prepares contracts", ("HR",)),
    Person("ivan", "Ivan", "Petrov", "prepares computers", ("IT",)),
    Person("ines", "Inês", "Costa", "prepares desks", ("facilities",)),
    Person("jonas", "Jonas", "Berg", "sees every expense and order", ("finance",)),
)
ADMIN: Final = Person("admin", "Ada", "Moreau", "administers everything, also at /admin/")
EVERYBODY: Final = (*PEOPLE, ADMIN)

GRANTED: Final[Mapping[str, tuple[str, ...]]] = {
    "directors": ("view_expense_approval", "manage_expense_approval"),
    "finance": ("view_expense_approval", "view_order_with_payment"),
    "HR": ("view_onboarding", "manage_onboarding"),
}
"""Permissions per group."""


def make_people() -> dict[str, str]:
    """Make everybody with their groups; gives a new password per username."""
    passwords = {person.username: get_random_string(12, LETTERS) for person in EVERYBODY}
    for person in EVERYBODY:
        user = User.objects.create(
            username=person.username,
            first_name=person.first_name,
            last_name=person.last_name,
            email=f"{person.username}{MAIL}",
            password=hashed(passwords[person.username]),
            is_staff=person is ADMIN,
            is_superuser=person is ADMIN,
        )
        user.groups.set(Group.objects.get_or_create(name=name)[0] for name in person.groups)
    for name, codenames in GRANTED.items():
        granted = Permission.objects.filter(
            content_type__app_label="workflows", codename__in=codenames
        )
        Group.objects.get(name=name).permissions.add(*granted)
    return passwords


def hashed(password: str) -> str:
    """Hash a long random password in few rounds; signing in hashes it anew, in all of them.

    The usual rounds take half a second per person.
    """
    hasher = copy(get_hasher())
    if isinstance(hasher, PBKDF2PasswordHasher):
        hasher.iterations = ROUNDS
    return hasher.encode(password, hasher.salt())


def find_people() -> dict[str, User]:
    """Give the people of the demo by username."""
    return {user.username: user for user in User.objects.filter(email__endswith=MAIL)}

"""The people of the tests: Ana starts, Ben approves, Cleo must not see, Ada administers."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

PASSWORD = "correct horse battery staple"


def person(username: str, *, groups: tuple[str, ...] = ()) -> User:
    """Make a person who can sign in with PASSWORD, in these groups, which are made if need be."""
    user = User.objects.create_user(
        username, f"{username}@example.org", PASSWORD, first_name=username.capitalize()
    )
    user.groups.set(Group.objects.get_or_create(name=name)[0] for name in groups)
    return user


def ana() -> User:
    """Start things."""
    return person("ana")


def ben(*, groups: tuple[str, ...] = ("managers",)) -> User:
    """Approve things, as a manager."""
    return person("ben", groups=groups)


def cleo() -> User:
    """See nothing of what the others do."""
    return person("cleo")


def admin() -> User:
    """Administer the site."""
    return User.objects.create_superuser("ada", "ada@example.org", PASSWORD, first_name="Ada")

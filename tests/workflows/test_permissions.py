"""Every registered workflow has its roles as Django permissions, made by `migrate`."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User

from workflows import BaseMachineStep, WorkflowDefinition
from workflows.engine import queries
from workflows.permissions import make_permissions
from workflows.testing import registered

pytestmark = pytest.mark.django_db


class Nothing(BaseMachineStep):
    """Does nothing."""

    def execute(self, context: object) -> None:
        """Return at once."""


LATER = WorkflowDefinition(name="later", steps={"only": Nothing()}, start_groups=["nobody"])


def codenames(workflow: str) -> set[str]:
    """Give the permissions of a workflow."""
    found = Permission.objects.filter(codename__endswith=f"_{workflow}")
    return set(found.values_list("codename", flat=True))


def test_migrating_has_made_the_roles_of_the_examples() -> None:
    assert codenames("onboarding") == {
        f"{role}_onboarding" for role in ("start", "view", "manage", "administer")
    }


def test_a_new_workflow_gets_its_roles_once() -> None:
    with registered(LATER):
        for _ in range(2):
            make_permissions(apps.get_app_config("workflows"))

    assert len(codenames("later")) == Permission.objects.filter(name__startswith="Later").count()
    assert codenames("later") == {"start_later", "view_later", "manage_later", "administer_later"}


def test_a_group_with_the_role_may_start(cleo: User) -> None:
    with registered(LATER):
        assert not queries.may_start(cleo, LATER)
        make_permissions(apps.get_app_config("workflows"))
        starters = Group.objects.create(name="starters")
        starters.permissions.add(Permission.objects.get(codename="start_later"))
        cleo.groups.add(starters)

        assert queries.may_start(User.objects.get(pk=cleo.pk), LATER)


def test_a_workflow_that_cannot_run_gets_none_and_stops_no_migration() -> None:
    long_name = "n" * 81
    with registered(WorkflowDefinition(name=long_name, steps={"only": Nothing()})):
        make_permissions(apps.get_app_config("workflows"))

    assert codenames(long_name) == set()


def test_the_longest_name_gets_its_roles() -> None:
    longest = "n" * 80
    with registered(WorkflowDefinition(name=longest, steps={"only": Nothing()})):
        make_permissions(apps.get_app_config("workflows"))

    assert len(codenames(longest)) == 4

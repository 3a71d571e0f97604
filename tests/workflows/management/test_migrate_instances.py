"""`manage.py migrate_instances` previews, and moves when told to."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.workflows.asking import FORM, Ask
from tests.workflows.engine.instances.moving import at, version, waiting_on
from workflows.models import Event
from workflows.testing import registered

WHY = "ask is active, and version 2 has no step ask: map it."

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[str]:
    """Give what the command says, line by line."""
    said = StringIO()
    call_command("migrate_instances", "moving", "1", "2", *arguments, stdout=said)
    return said.getvalue().splitlines()


def test_it_previews_unless_told_yes(ben: User) -> None:
    old = version("1", ("ask", "end"), ask=Ask("ben"))
    new = version("2", ("approval", "end"), approval=Ask("ben"))

    with waiting_on(old) as instance, registered(new):
        assert run() == [
            f"{instance.pk} ({instance}) stays: {WHY}",
            "0 would move, 1 would stay. Nothing was changed: --yes moves them.",
        ]
        assert run("--map", "ask=approval")[0] == (
            f"{instance.pk} ({instance}): ask → approval (waiting)"
        )
        assert at(instance) == {"ask": "waiting"}

        moved = run("--map", "ask=approval", "--yes", "--reason", "A better name.")

    assert moved[-1] == "1 moved, 0 stayed."
    assert at(instance) == {"approval": "waiting"}
    event = Event.objects.get(kind="instance.migrated")
    assert (event.via, event.data["reason"]) == ("command", "A better name.")


def test_it_can_ask_again_and_move_single_instances(ben: User) -> None:
    old = version("1", ("ask", "end"), ask=Ask("ben"))
    longer = {**FORM, "required": ["decision", "comment"]}
    new = version("2", ("ask", "end"), ask=Ask("ben", form_schema=longer))

    with waiting_on(old) as one, waiting_on(old), registered(new):
        said = run("--instance", str(one.pk), "--ask-again", "--yes")

    assert said == [f"{one.pk} ({one}): ask → ask (asked again)", "1 moved, 0 stayed."]


@pytest.mark.parametrize("fault", ["ask", "ask=", "=ask"])
def test_a_mapping_that_is_none_is_refused(fault: str) -> None:
    with pytest.raises(CommandError, match="is not of the form old=new"):
        run("--map", fault)


def test_what_the_engine_refuses_is_said() -> None:
    with pytest.raises(CommandError, match="No instance was ever on moving 1"):
        run()

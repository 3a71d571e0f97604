"""Moving instances to another version: previewed, whole or not at all, and on to their end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import Do, Note
from tests.workflows.engine.instances.moving import at, end, migrate, version, waiting_on
from workflows import (
    engine,
)
from workflows.engine import queries
from workflows.engine.maintenance.reconcile import block
from workflows.exceptions import NotAllowed, UnknownStep, UnknownWorkflow, WrongState
from workflows.models import Event, HumanTask, Incident
from workflows.testing import registered

pytestmark = pytest.mark.django_db


def test_a_preview_says_what_would_move_and_changes_nothing(ben: User) -> None:
    old = version("1", ("ask", "end"), ask=Ask("ben"))
    new = version("2", ("approval", "end"), approval=Ask("ben"))

    with waiting_on(old) as instance, registered(new):
        answer = migrate(new, dry_run=True, mapping={"ask": "approval"})

    assert [(move.path, move.to, move.status) for move in answer.moves] == [
        ("ask", "approval", "waiting")
    ]
    assert answer.refusals == ()
    assert not answer.moved
    assert at(instance) == {"ask": "waiting"}
    assert not Event.objects.filter(kind="instance.migrated").exists()


def test_a_waiting_task_goes_on_in_the_new_version_under_its_new_name(ben: User) -> None:
    old = version("1", ("ask", "end"), ask=Ask("ben"))
    new = version("2", ("approval", "tell"), ("tell", "end"), approval=Ask("ben"))

    with waiting_on(old) as instance, registered(new):
        task = HumanTask.objects.get()
        answer = migrate(new, mapping={"ask": "approval"}, reason="Somebody must be told.")
        assert answer.moved
        engine.complete_human_task(task.pk, user=ben, data=APPROVE)
        end(instance)

    assert instance.status == "completed"
    assert instance.data["ran"] == ["tell", "end"]
    assert instance.visits == {"approval": 1, "tell": 1, "end": 1}
    assert HumanTask.objects.get().step == "approval"
    event = Event.objects.get(kind="instance.migrated")
    assert event.data == {
        "before": "1",
        "after": "2",
        "mapping": {"ask": "approval"},
        "reason": "Somebody must be told.",
    }
    assert "Request moved from version 1 to 2" in [
        line.text for line in queries.history(instance, ben)
    ]


def test_results_of_renamed_steps_are_found_under_their_new_names(ben: User) -> None:
    old = version("1", ("first", "ask"), ask=Ask("ben"))
    tell = Do(lambda context: context.set("told", context.result_of("beginning")))
    new = version("2", ("beginning", "ask"), ("ask", "tell"), ask=Ask("ben"), tell=tell)

    with waiting_on(old) as instance, registered(new):
        migrate(new, mapping={"first": "beginning"})
        engine.complete_human_task(HumanTask.objects.get(), user=ben, data=APPROVE)
        end(instance)

    assert instance.data["told"] == "first"


def test_what_was_blocked_for_want_of_code_goes_on() -> None:
    old, new = version("1", ("a", "b")), version("2", ("a", "c"))
    with registered(old):
        instance = engine.start_workflow("moving")
    block([0], timezone.now() + timedelta(hours=1))
    assert Incident.objects.filter(kind="blocked", resolved_at=None).exists()

    with registered(new):
        assert migrate(new).moved
        end(instance)

    assert instance.status == "completed"
    assert not Incident.objects.filter(resolved_at=None).exists()


def test_a_failed_instance_can_be_retried_with_the_new_code() -> None:
    def break_down(context: Any) -> None:
        raise RuntimeError("Broken.")

    old, new = version("1", ("a", "b"), a=Do(break_down)), version("2", ("a", "b"), a=Note())

    with waiting_on(old) as instance, registered(new):
        assert migrate(new).moved
        assert at(instance) == {"a": "failed"}
        engine.retry(instance)
        end(instance)

    assert instance.status == "completed"


def test_a_suspended_instance_stays_so(ben: User) -> None:
    old, new = version("1", ("a", "b")), version("2", ("a", "b"), ("b", "c"))
    with registered(old):
        instance = engine.start_workflow("moving")
    engine.suspend(instance)

    with registered(new):
        assert migrate(new).moved
        assert end(instance).status != "completed"
        engine.resume(instance)
        end(instance)

    assert instance.status == "completed"
    assert instance.data["ran"] == ["a", "b", "c"]


def test_only_administrators_may_move_instances(ben: User, admin: User) -> None:
    old, new = (
        version("1", ("ask", "end"), ask=Ask("ben")),
        version("2", ("ask", "x"), ask=Ask("ben")),
    )

    with waiting_on(old), registered(new):
        with pytest.raises(NotAllowed):
            migrate(new, user=ben)
        assert migrate(new, user=admin, via="admin").moved

    event = Event.objects.get(kind="instance.migrated")
    assert (event.actor, event.via) == (admin, "admin")


def test_what_is_named_must_exist(ben: User) -> None:
    old, new = (
        version("1", ("ask", "end"), ask=Ask("ben")),
        version("2", ("ask", "x"), ask=Ask("ben")),
    )

    with waiting_on(old), registered(new):
        for mapping in ({"nothing": "ask"}, {"ask": "nothing"}):
            with pytest.raises(UnknownStep, match="nothing"):
                migrate(new, mapping=mapping)
        with pytest.raises(UnknownWorkflow):
            engine.migrate_instances("moving", "0", "2")
        with pytest.raises(UnknownWorkflow):
            engine.migrate_instances("moving", "1", "3")
        with pytest.raises(WrongState):
            engine.migrate_instances("moving", "1", "1")


def test_only_the_chosen_instances_move(ben: User) -> None:
    old, new = (
        version("1", ("ask", "end"), ask=Ask("ben")),
        version("2", ("ask", "x"), ask=Ask("ben")),
    )

    with waiting_on(old) as one, waiting_on(old) as other, registered(new):
        assert migrate(new, instances=[one]).instance == one

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.definition.version, other.definition.version) == ("2", "1")

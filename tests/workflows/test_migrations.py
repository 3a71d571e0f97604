"""What was stored before 0.1.0 goes on after every migration; definitions stay the same."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django.plugin import DjangoDbBlocker

from tests.workflows.landed import definitions as landed
from tests.workflows.landed.scratch import scratch_database, write_rows
from workflows import WorkflowDefinition, engine
from workflows.engine import queries
from workflows.engine.definitions.snapshot import describe_definition
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.maintenance.reconcile import unblock
from workflows.engine.store import clock
from workflows.engine.work.webhook_tokens import Address, make_token
from workflows.models import Event, HumanTask, Incident, StepExecution, WorkflowInstance
from workflows.testing import drain, registered

LANDED_AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
"""The moment at which the rows were written."""

DONE = {"ran": ["a", "b", "c"]}
YES = {"decision": "approve", "ran": ["yes"]}
CALLED = {"paid": True, "sent": True, "ran": ["after"]}
COLLECTED = ["gather/note", {"seen": True}, None, {"seen": True}]
GATHERED = ["gather/note", "gather/sequential_group/note"]
TWO_ROUNDS = {"ran": ["fork", "quick", "round", "fork", "quick", "round", "end"]}

ENDS: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("completed", "backoff", "failed"), DONE),
    **dict.fromkeys(("held", "blocked", "running", "ready"), DONE),
    **dict.fromkeys(("offered", "claimed", "decided", "suspended"), YES),
    "expires": {"decision": "reject", "ran": ["no"]},
    "asleep": {"ran": ["after"]},
    **dict.fromkeys(("waits for a call", "called early"), CALLED),
    "half done": {"collected": COLLECTED, "ran": [*GATHERED, "choose/left", "end"]},
    "racing": {"collected": COLLECTED, "ran": [*GATHERED, "end"]},
    **dict.fromkeys(("joining", "second round"), TWO_ROUNDS),
}
"""What the data of every case, named for its state when the rows were written, say at the end."""


@pytest.fixture
def _filled(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    """Let the database be one that the landed version has filled and that was migrated since."""
    with django_db_blocker.unblock(), scratch_database(tmp_path):
        executor = MigrationExecutor(connection)
        others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "workflows"]
        executor.migrate([*others, ("workflows", "0001_release_0_1_0")])
        write_rows()
        call_command("migrate", verbosity=0)
        yield


def case(name: str) -> WorkflowInstance:
    return WorkflowInstance.objects.get(data__case=name)


def send_parcel(order: int) -> None:
    body = b'{"sent": true}'
    signature = hmac.new(landed.Sent.secret.encode(), body, hashlib.sha256).hexdigest()
    engine.receive_webhook(f"sent-{order}", json.loads(body), body=body, signature=signature)


def act_on_everything() -> None:
    """Do for every instance what it waits for, so that only clocks are left."""
    unblock(runnable_ids())
    engine.retry(case("failed"))
    for name in ("suspended", "held"):
        engine.resume(case(name))
    for name in ("waits for a call", "called early"):
        address = Address(case(name).pk, "paid", 1)
        engine.receive_webhook(make_token(address), {"paid": True})
    send_parcel(1)


def decide_all() -> None:
    """Decide every open task but that of the case that is to expire."""
    ben = User.objects.get(username="ben")
    for task in HumanTask.objects.open().exclude(instance=case("expires")):
        answer = {"decision": "approve"} if task.step == "ask" else {"seen": True}
        engine.complete_human_task(task, user=ben, data=answer)


@pytest.mark.slow
@pytest.mark.usefixtures("_filled")
def test_instances_in_every_state_go_on_to_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landed.Fragile, "mended", True)
    with registered(*landed.ALL):
        with clock.at(LANDED_AT + timedelta(hours=1)):
            act_on_everything()
        for days in range(0, 20, 4):
            with clock.at(LANDED_AT + timedelta(days=days, hours=1)):
                decide_all()
                drain(now=clock.now())

    assert case("to cancel").status == "canceled"
    ended = WorkflowInstance.objects.filter(status="completed")
    found = {
        one.data["case"]: {name: one.data[name] for name in ENDS[one.data["case"]]} for one in ended
    }
    assert found == ENDS
    assert not StepExecution.objects.active().exists()
    assert not HumanTask.objects.open().exists()
    assert not Incident.objects.filter(resolved_at=None).exists()
    for instance in WorkflowInstance.objects.all():
        numbers = Event.objects.filter(instance=instance).values_list("seq", flat=True)
        assert list(numbers) == list(range(1, instance.last_seq + 1))
        assert queries.history(instance, user=None)
        assert any(node.visits for node in queries.graph_state(instance).nodes)


REFUSING: dict[str, dict[str, Any]] = {
    "check": {"databases": ["default"]},
    "up": {"no_migrate": True},
}
"""Other commands that look at the database, and would go on with half of it."""


def stands_for(app: str) -> list[str]:
    """Name what the app's first migration replaces, in order."""
    first = MigrationLoader(None).disk_migrations[app, "0001_release_0_1_0"]
    return [name for _, name in first.replaces]


def remember_instead(app: str, names: list[str]) -> None:
    """Let the database say that it was made by these migrations of before the release."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app=app).delete()
    for name in names:
        recorder.record_applied(app, name)


@pytest.mark.slow
@pytest.mark.parametrize("app", ["workflows", "tasks_ui"])
def test_a_database_from_before_the_release_is_taken_whole_or_refused_in_plain_words(
    app: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.PORT = 0  # One that nobody uses.
    before = stands_for(app)
    assert len(before) == {"workflows": 16, "tasks_ui": 3}[app]
    with django_db_blocker.unblock(), scratch_database(tmp_path):
        call_command("migrate", verbosity=0)
        call_command("migrate", app, "0001_release_0_1_0", verbosity=0)

        for applied in (before[:1], before[:-1], before[1:]):
            remember_instead(app, applied)
            with pytest.raises(CommandError, match="Nothing was changed") as refusal:
                call_command("migrate", verbosity=0)
            lacks = next(name for name in before if name not in applied)
            assert f"{len(applied)} of the {len(before)} migrations of {app}" in str(refusal.value)
            assert f"the first it lacks is {lacks}" in str(refusal.value)
            for command, said in REFUSING.items():
                with pytest.raises(CommandError, match="the first it lacks"):
                    call_command(command, **said)
            rows = MigrationRecorder(connection).migration_qs.filter(app=app)
            assert sorted(rows.values_list("name", flat=True)) == applied

        remember_instead(app, before)
        call_command("migrate", verbosity=0)
        assert (app, "0001_release_0_1_0") in MigrationRecorder(connection).applied_migrations()


@pytest.mark.parametrize("definition", landed.ALL, ids=lambda definition: definition.name)
def test_a_definition_is_stored_as_it_was(definition: WorkflowDefinition) -> None:
    stored = json.loads(Path(landed.__file__).with_name("definitions.json").read_text())
    described = describe_definition(definition)

    assert described.fingerprint == stored[definition.name]["fingerprint"]
    assert described.content == stored[definition.name]["content"]

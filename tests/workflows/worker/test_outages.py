"""Outages: told in a line, waited out, and nothing that a lost answer gave is forgotten."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import InternalError, OperationalError

from tests.broken_lines import breaks_at, breaks_at_commit
from tests.workflows.definitions import Note, sequence
from workflows import engine
from workflows.engine.queue import claims
from workflows.engine.run.finish import finish
from workflows.models import StepExecution, WorkflowInstance
from workflows.testing import registered
from workflows.worker import outages
from workflows.worker.executor import Launcher
from workflows.worker.options import Options
from workflows.worker.outages import Outage
from workflows.worker.prefetch import Window
from workflows.worker.runner import Runner

PATIENCE = 120.0


@pytest.fixture
def runner(transactional_db: None) -> Iterator[Runner]:
    """Give a runner in a process that knows a workflow of three steps, `sequence`."""
    with registered(sequence(Note(), Note(), Note())):
        runner = Runner(Options(slots=4))
        runner.start()
        yield runner
        runner.stop()


def run(runner: Runner, instance: WorkflowInstance) -> WorkflowInstance:
    """Drain again after an outage, as a worker does; give how the instance is then."""
    for _ in range(3):
        try:
            runner.drain(lambda: False)
        except outages.LOST as error:
            outages.database.goes_on(error)
    return as_stored(instance)


def as_stored(instance: WorkflowInstance) -> WorkflowInstance:
    """Give the instance as it is stored."""
    instance.refresh_from_db()
    return instance


def assert_done_once(instance: WorkflowInstance) -> None:
    assert instance.status == "completed"
    assert instance.data["ran"] == ["a", "b", "c"]
    crashes = StepExecution.objects.filter(instance=instance).values_list("crashes", flat=True)
    assert list(crashes) == [0, 0, 0]


def test_what_a_commit_without_an_answer_gave_goes_on_at_once(runner: Runner) -> None:
    instance = engine.start_workflow("sequence")
    with breaks_at_commit(after=True):
        run(runner, instance)

    assert_done_once(instance)


def test_what_a_claim_without_an_answer_gave_is_claimed_again(runner: Runner) -> None:
    instance = engine.start_workflow("sequence")
    with breaks_at("RETURNING", after=True):
        run(runner, instance)

    assert_done_once(instance)


def test_a_record_that_broke_is_recorded_again(runner: Runner) -> None:
    instance = engine.start_workflow("sequence")
    with breaks_at("workflows_event", after=False):
        run(runner, instance)

    assert_done_once(instance)


def test_what_is_to_run_alone_does_so_though_its_neighbours_cannot_be_given_back(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    instances = [engine.start_workflow("sequence") for _ in range(2)]
    StepExecution.objects.update(crashes=1)
    fails_once(monkeypatch, claims, "give_back")

    until = time.monotonic() + PATIENCE
    runner.drain(lambda: time.monotonic() > until)

    assert {as_stored(instance).status for instance in instances} == {"completed"}


def test_what_has_landed_is_recorded_though_what_waits_cannot_be_given_back(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = engine.start_workflow("sequence")
    monkeypatch.setattr(Window, "learn", lambda *_: True)
    fails_once(monkeypatch, Launcher, "take_back")

    until = time.monotonic() + PATIENCE
    runner.drain(lambda: time.monotonic() > until)

    assert_done_once(as_stored(instance))


def fails_once(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    """Have a function meet a locked database the first time."""
    errors, whole = [OperationalError("database is locked")], getattr(owner, name)

    def fail_once(*arguments: Any) -> Any:
        if errors:
            raise errors.pop()
        return whole(*arguments)

    monkeypatch.setattr(owner, name, fail_once)


def test_a_database_that_can_only_be_read_is_waited_for(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = [InternalError("cannot execute UPDATE in a read-only transaction")]

    def finish_later(*arguments: Any, **more: Any) -> Any:
        if refusals:
            raise refusals.pop()
        return finish(*arguments, **more)

    monkeypatch.setattr("workflows.worker.completer.finish", finish_later)

    assert_done_once(run(runner, engine.start_workflow("sequence")))


def test_an_outage_is_told_once_a_minute_and_its_end_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("workflows.worker.outages.time.monotonic", lambda: now[0])
    outage = Outage()

    with caplog.at_level(logging.WARNING, "workflows"):
        for now[0] in (100.0, 101.0, 159.0, 161.0):
            outage.goes_on(OperationalError("connection refused\n\tIs the server running?"))
        outage.is_over()
        outage.is_over()

    reason = "OperationalError: connection refused Is the server running?"
    assert caplog.messages == [
        *[f"The database cannot be used; trying again until it can: {reason}"] * 2,
        "The database can be used again after 61.0 s.",
    ]
    assert outage.met == 4

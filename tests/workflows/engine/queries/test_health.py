"""Stalled is: due for more than a minute, and nobody alive to do it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.engine.plans import whole_reads
from tests.workflows.engine.rows import a_running, a_scheduled, an_execution, an_instance
from workflows.engine import queries
from workflows.engine.store import clock
from workflows.models import Worker

pytestmark = pytest.mark.django_db

LATELY, LONG = timedelta(seconds=5), timedelta(minutes=2)


def test_without_work_nothing_is_stalled() -> None:
    an_execution(status="waiting")
    a_scheduled(clock.now() + LONG)

    assert not queries.work_is_stalled()


@pytest.mark.parametrize("status", ["ready", "scheduled", "running"])
def test_work_that_has_been_due_for_long_is_stalled(status: str) -> None:
    since = clock.now() - LONG
    match status:
        case "ready":
            an_execution(an_instance(changed_at=since))
        case "scheduled":
            a_scheduled(since)
        case _:
            a_running(since)

    assert queries.work_is_stalled()


def test_work_that_has_just_come_is_not_stalled_yet() -> None:
    since = clock.now() - LATELY
    an_execution(an_instance(changed_at=since))
    a_scheduled(since)
    a_running(since)

    assert not queries.work_is_stalled()


def test_nothing_is_stalled_while_a_worker_lives() -> None:
    an_execution(an_instance(changed_at=clock.now() - LONG))
    Worker.objects.create(
        pk="w", host="here", pid=1, started_at=clock.now(), heartbeat_at=clock.now()
    )

    assert not queries.work_is_stalled()


@pytest.mark.only_on("sqlite")
def test_a_look_reads_no_more_however_many_executions_there_are() -> None:
    with CaptureQueriesContext(connection) as captured:
        assert not queries.work_is_stalled()

    asked = [one["sql"] for one in captured if "workflows_stepexecution" in one["sql"]]
    assert len(asked) == 1
    assert whole_reads(asked) == ["SCAN CONSTANT ROW"], "It looks at nothing but indexes."

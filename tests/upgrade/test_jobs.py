"""The queue of before is worked off by a cluster of today, and every name in it is understood."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.db import connections
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.models import Failure, OrmQ, Schedule, Success
from django_q.scheduler import scheduler

from tests.durability.processes import Program, wait_for
from tests.upgrade.conftest import Upgraded
from tests.upgrade.jobs import notes
from tests.upgrade.names import stored_names
from workflows.models import Incident, Worker

pytestmark = pytest.mark.slow

QUEUED = {
    "workflows.jobs.drain": "workflows.jobs.drain",
    "workflows.jobs.reconcile": "workflows.jobs.reconcile",
    "workflows.jobs.sweep": "workflows.jobs.sweep",
    "as a function": "workflows.jobs.reconcile",
    "own": "tests.upgrade.jobs.note",
    "own function": "tests.upgrade.jobs.note",
    "own row": "tests.upgrade.jobs.note_row",
}
"""The jobs that waited, by name, and the functions that they are to call."""

ENDED = ("at the gate", "behind the gate", "due long ago", "pending", "half way", "lost")
"""Requests with work that was due, or had no worker that could do it."""


@pytest.fixture
def cluster(own_site: Upgraded, tmp_path: Path) -> Iterator[Program]:
    """Give a running cluster; what was scheduled is queued, which one does every half minute."""
    # Scheduled for the time of before: catching up minute by minute would take ever longer.
    Schedule.objects.update(next_run=timezone.now() - timedelta(minutes=1))
    # Jobs can be had from the moment on at which they were queued; no clock may be before that.
    OrmQ.objects.update(lock=timezone.now())
    scheduler(broker=get_broker())
    connections.close_all()
    program = Program(own_site.environment, tmp_path / "cluster.log", "qcluster")
    yield program
    program.kill()


def test_jobs_that_waited_are_run_once_each_and_all_goes_on(
    own_site: Upgraded, cluster: Program
) -> None:
    def is_done() -> bool:
        assert cluster.process.poll() is None, cluster.said
        done = all(own_site.request(case).status == "completed" for case in ENDED)
        return done and Success.objects.count() == len(QUEUED) and not OrmQ.objects.exists()

    wait_for(is_done, means="Not all is done.")
    cluster.tell(signal.SIGTERM)
    assert cluster.ends() == 0, cluster.said

    assert not Failure.objects.exists()
    assert dict(Success.objects.values_list("name", "func")) == QUEUED
    row = f"workflows.WorkflowInstance {own_site.request('pending').pk}"
    assert notes() == sorted([*("as a function", "by name"), row])
    assert Schedule.objects.count() == 2
    assert Schedule.objects.filter(next_run__gt=timezone.now()).count() == 2
    assert not Incident.objects.filter(kind="blocked", resolved_at=None).exists()
    # The row of the one that was killed is gone, and the others have said goodbye.
    assert not Worker.objects.exists()
    assert "Traceback" not in cluster.said, cluster.said


def test_every_name_of_code_that_is_stored_leads_to_it(site: Upgraded) -> None:
    names = stored_names()

    assert names == {
        "tasks_ui.auth.SettingsBackend",
        "tests.upgrade.steps.Gate",
        "tests.upgrade.jobs.note",
        "tests.upgrade.jobs.note_row",
        "workflows.jobs.drain",
        "workflows.jobs.reconcile",
        "workflows.jobs.sweep",
        # Of a row that was just started, in the arguments of an ordinary job.
        "workflows.models.instances.InstanceStatus",
    }
    for name in names:
        assert callable(import_string(name)), name


def test_settings_may_name_the_broker_as_before(site: Upgraded) -> None:
    broker = import_string("workflows.broker.WakeBroker")

    # What a site of before has written into its own Q_CLUSTER.
    with mock.patch.object(Conf, "BROKER_CLASS", "workflows.broker.WakeBroker"):
        assert type(get_broker()) is broker
    connections.close_all()

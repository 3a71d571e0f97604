"""What load balancers and supervisors ask."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from workflows.models import Worker
from workflows.version import VERSION


def worker(*, seconds_ago: float) -> None:
    """Remember a worker that sent its last heartbeat then."""
    at = timezone.now() - timedelta(seconds=seconds_ago)
    Worker.objects.create(id="w", host="here", pid=1, started_at=at, heartbeat_at=at)


def test_the_process_tells_its_version_without_asking_the_database(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain")
    assert answer.content.decode() == f"ok {VERSION}"


def test_ready_means_a_database_and_a_living_worker(client: Client, db: None) -> None:
    worker(seconds_ago=1)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": True, "worker": True})


def test_a_worker_that_fell_silent_does_not_count(client: Client, db: None) -> None:
    worker(seconds_ago=600)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"database": True, "worker": False})


def test_without_a_database_nothing_is_ready(client: Client, db: None) -> None:
    with patch("tasks_ui.views.health.connection.cursor", side_effect=OperationalError):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"database": False, "worker": False})

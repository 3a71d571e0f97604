"""What is stored of versions is brought up to the code of whichever process starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from tests.workflows.asking import FORM, Ask
from tests.workflows.definitions import deployed, graph, sequence
from workflows import Edge, WorkflowDefinition, engine
from workflows.engine.definitions import refresh
from workflows.models import StoredDefinition
from workflows.testing import registered

ROOT = Path(__file__).resolve().parents[4]
OTHER: dict[str, Any] = {"type": "object", "properties": {"why": {"type": "string"}}}


def release(schema: dict[str, Any]) -> WorkflowDefinition:
    """Give the workflow with this form."""
    return sequence(Ask("ben", form_schema=schema, row_fields=("why",)), name="refreshed")


OLD = release(FORM)


@pytest.fixture
def stored(db: None) -> Iterator[StoredDefinition]:
    """Have a version stored as the old code says it, and used."""
    with registered(OLD):
        engine.start_workflow("refreshed")
        yield StoredDefinition.objects.get()


def test_new_texts_and_forms_are_stored_once(stored: StoredDefinition) -> None:
    with deployed(release(OTHER), OLD):
        assert [refresh.refresh_definitions() for _twice in range(2)] == [1, 0]

    stored.refresh_from_db()
    assert stored.content["nodes"][0]["form_schema"] == OTHER


def test_what_runs_with_another_graph_is_left_alone(stored: StoredDefinition) -> None:
    before = stored.content
    step = Ask("ben", form_schema=OTHER)
    other = graph(Edge("ask", "more"), ask=step, more=Ask("ben"), name="refreshed")

    with deployed(other, OLD):
        assert refresh.refresh_definitions() == 0

    stored.refresh_from_db()
    assert stored.content == before


def test_what_cannot_run_is_not_stored(stored: StoredDefinition) -> None:
    with deployed(release({"type": "nothing"}), OLD):
        assert refresh.refresh_definitions() == 0


def test_a_database_that_is_away_keeps_nobody_from_starting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> int:
        raise OperationalError("gone")

    monkeypatch.setattr(refresh, "refresh_definitions", fail)
    refresh.refresh_at_start()


@pytest.mark.slow
@pytest.mark.parametrize("server", ["wsgi", "asgi"])
def test_the_site_is_loaded_without_a_database_too(tmp_path: Path, server: str) -> None:
    code = f"import config.{server}; print(config.{server}.application)"
    environment = {**os.environ, "DEBUG": "1", "DATA_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr.decode()
    assert b"Handler" in done.stdout

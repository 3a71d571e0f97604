"""`manage.py work`: a worker in the shell, without django-q2."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.durability.conftest import StartProgram
from tests.durability.journeys import begin, notes, wait_until_completed
from tests.durability.processes import wait_for
from workflows.models import Worker, WorkflowInstance

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_until_idle_runs_what_is_due_and_leaves_what_is_not(
    start_program: StartProgram, tmp_path: Path
) -> None:
    begin("durable_pause", tmp_path, seconds=0)
    sleeping = begin("durable_pause", tmp_path, seconds=3600)

    program = start_program("work", "--until-idle")

    assert program.ends() == 0, program.said
    assert "Step executions run: 5." in program.said
    assert sorted(name for name, _, _ in notes(tmp_path)) == ["after", "before", "before"]
    assert WorkflowInstance.objects.exclude(status="completed").get() == sleeping


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_without_it_it_works_until_it_is_told_to_stop(
    start_program: StartProgram, tmp_path: Path, number: signal.Signals
) -> None:
    program = start_program("work")
    wait_for(Worker.objects.exists)

    wait_until_completed(begin("durable_pause", tmp_path, seconds=1))
    program.tell(number)

    assert program.ends(seconds=20) == 0, program.said
    assert not Worker.objects.exists()

"""Whatever kind of step an instance is at, what hangs on it ends when it is cancelled."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from django.contrib.auth.models import User

from tests.workflows.asking import Ask
from tests.workflows.definitions import Note, sequence
from workflows import (
    BaseGateway,
    ParallelGroup,
    Step,
    StepType,
    SubWorkflow,
    TimerStep,
    WebhookStep,
    WorkflowContext,
    WorkflowDefinition,
    engine,
)
from workflows.models import HumanTask, StepExecution, WorkflowInstance
from workflows.models.webhooks import WebhookToken
from workflows.testing import drain

ROOT: Final = Path(__file__).resolve().parents[4]


class Later(TimerStep):
    """Waits for an hour."""

    def get_delay(self, context: WorkflowContext) -> timedelta:
        """Name the hour."""
        return timedelta(hours=1)


class Choose(BaseGateway):
    """Is never asked, as nothing runs before it is cancelled."""

    def evaluate(self, context: WorkflowContext) -> str:
        """Fail the test."""
        raise AssertionError


STEPS: Final[dict[StepType, Callable[[], Step]]] = {
    StepType.MACHINE: Note,
    StepType.HUMAN: lambda: Ask("ana"),
    StepType.GATEWAY: Choose,
    StepType.TIMER: Later,
    StepType.WEBHOOK: WebhookStep,
    StepType.GROUP: lambda: ParallelGroup(Ask("ana"), WebhookStep(), Later()),
    StepType.WORKFLOW: lambda: SubWorkflow("started"),
}
RUN_AT_ONCE: Final = {StepType.MACHINE, StepType.GATEWAY}
"""They are cancelled before a worker gets there; the others wait for something."""


@pytest.mark.parametrize("kind", StepType)
def test_nothing_is_left_open_by_a_cancelled_execution(
    kind: StepType,
    db: None,
    register: Callable[[WorkflowDefinition], WorkflowDefinition],
    ana: User,
) -> None:
    register(sequence(Ask("ana"), name="started"))
    register(sequence(STEPS[kind](), Note()))
    instance = engine.start_workflow("sequence")
    if kind not in RUN_AT_ONCE:
        drain()
    [waiting] = StepExecution.objects.filter(instance=instance, scope=0)
    assert (waiting.kind, waiting.finished_at) == (kind, None)

    engine.cancel_workflow(instance)
    drain()

    assert not StepExecution.objects.filter(finished_at=None).exists()
    assert not HumanTask.objects.open().exists()
    assert not WebhookToken.objects.filter(closed_at=None).exists()
    assert not WorkflowInstance.objects.exclude(status="canceled").exists()


@pytest.mark.parametrize("module", ["transitions.commit", "run.finish", "instances.control"])
def test_a_process_that_has_imported_one_module_cancels_every_kind(module: str) -> None:
    program = (
        "import django; from django.conf import settings;"
        "settings.configure(INSTALLED_APPS=['django.contrib.auth', 'django.contrib.contenttypes',"
        " 'django_q', 'workflows'], USE_TZ=True,"
        " DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3'}}); django.setup();"
        f"import workflows.engine.{module};"
        "from workflows.engine.transitions.commit import ON_CANCEL; print(*sorted(ON_CANCEL))"
    )

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert said.stdout.split() == ["human", "webhook"]

"""The launcher: whatever becomes of a flight, it is handed in."""

from __future__ import annotations

import pytest

from tests.workflows.worker.test_runner import at_work, drain
from workflows import BaseMachineStep, WorkflowContext, engine
from workflows.models import StepExecution
from workflows.worker import executor


@pytest.mark.django_db(transaction=True)
def test_work_that_cannot_be_begun_is_left_to_its_lease(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Nothing(BaseMachineStep):
        async def execute(self, context: WorkflowContext) -> None: ...

    def is_broken(work: object) -> bool:
        raise RuntimeError("The launcher is broken.")

    monkeypatch.setattr(executor, "needs_thread", is_broken)
    with at_work(Nothing()) as runner:
        engine.start_workflow("single")
        assert drain(runner) == 0
        assert not runner._flights.fences()

    assert "could not be begun" in caplog.text
    assert StepExecution.objects.get().status == "running"

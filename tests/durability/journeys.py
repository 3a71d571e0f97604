"""Journeys through the scenarios: how they are begun, awaited and looked at."""

from __future__ import annotations

from pathlib import Path

from tests.durability.processes import wait_for
from workflows import engine
from workflows.models import Event, StepExecution, WorkflowInstance


def begin(workflow: str, folder: Path, **data: object) -> WorkflowInstance:
    return engine.start_workflow(workflow, initial_data={"folder": str(folder), **data})


def notes(folder: Path) -> list[tuple[str, int, float]]:
    """Give what the steps have written: which step, in which process, when."""
    file = folder / "notes"
    lines = file.read_text().splitlines() if file.exists() else []
    return [(name, int(pid), float(at)) for name, pid, at in (line.split() for line in lines)]


def wait_until_completed(instance: WorkflowInstance) -> None:
    wait_for(
        lambda: WorkflowInstance.objects.filter(pk=instance.pk, status="completed").exists(),
        means=f"The instance is not completed: {history_of(instance)}",
    )


def history_of(instance: WorkflowInstance) -> list[tuple[str, str]]:
    return list(Event.objects.filter(instance=instance).values_list("kind", "path"))


def assert_nothing_happened_twice(instance: WorkflowInstance) -> None:
    """Every step ended once, and the history has no gap and no double."""
    numbers = list(Event.objects.filter(instance=instance).values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(set(history_of(instance))) == len(history_of(instance))
    ended = [path for kind, path in history_of(instance) if kind == "step.succeeded"]
    executions = StepExecution.objects.filter(instance=instance)
    assert sorted(ended) == sorted(executions.values_list("path", flat=True))
    assert set(executions.values_list("status", flat=True)) == {"succeeded"}

"""Clocks that hang on a task: rows that fall due, such as the end of a claim."""

from __future__ import annotations

from datetime import datetime

from workflows.engine.definitions.stored import human_step
from workflows.engine.transitions.transition import Transition
from workflows.exceptions import UnknownWorkflow
from workflows.models.step_executions import LEASE, QUESTION, StepExecution
from workflows.models.tasks import HumanTask
from workflows.steps.human import BaseHumanStep
from workflows.values.moments import after
from workflows.wakeups import wake_before


def set_clock(transition: Transition, task: HumanTask, kind: str, due_at: datetime) -> None:
    """Have a worker look at the task at this moment; each clock has a row of its own."""
    wake_before(due_at, transition.at)
    StepExecution.objects.create(
        instance=transition.instance,
        definition_id=transition.instance.definition_id,
        path=f"{task.step}#{kind}",
        scope=task.execution_id,
        # Unique, since every transition of an instance raises its revision.
        visit=transition.instance.revision + 1,
        kind=kind,
        status="scheduled",
        due_at=due_at,
        created_at=transition.at,
    )


def lease_of(transition: Transition, task: HumanTask) -> datetime | None:
    """Give when a claim that begins now ends by itself, or None where it does not."""
    step = _step(transition, task)
    lease = step.claim_lease if step and task.offered_to else None
    return after(transition.at, lease) if lease else None


def set_lease(transition: Transition, task: HumanTask) -> None:
    """Set the clock that ends the claim, where it has a lease."""
    if task.lease_until is not None:
        set_clock(transition, task, LEASE, task.lease_until)


def set_answer_by(transition: Transition, task: HumanTask) -> None:
    """Set the clock that ends the open question, where the step says how long one may wait."""
    step = _step(transition, task)
    if step and step.answer_within:
        set_clock(transition, task, QUESTION, after(transition.at, step.answer_within))


def _step(transition: Transition, task: HumanTask) -> BaseHumanStep | None:
    """Give the task's step; where its code is not, claims count too, but without an end."""
    try:
        return human_step(transition.definition, task.step)
    except UnknownWorkflow:
        return None

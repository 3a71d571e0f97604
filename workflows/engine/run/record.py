"""Turn one outcome into rows: what each kind of outcome does to its execution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from workflows.engine.board.advance import advance, open_group
from workflows.engine.board.board import FAILED, LEAVE
from workflows.engine.instances.sub_workflows import open_child
from workflows.engine.tasks.close import settle_decided
from workflows.engine.tasks.create import open_task
from workflows.engine.tasks.expire import fire
from workflows.engine.transitions.incidents import open_incident, resolve_incidents
from workflows.engine.transitions.transition import Transition, as_token
from workflows.engine.webhooks.wait import expect_call
from workflows.engine.work.results import (
    AskPerson,
    Ended,
    Failed,
    Fire,
    Hold,
    Listen,
    OpenGroup,
    Outcome,
    SleepUntil,
    StartChild,
    TryAgain,
)
from workflows.models.step_executions import ExecutionStatus, StepExecution
from workflows.values.moments import after, instant
from workflows.wakeups import wake_before, wake_later


@dataclass(frozen=True)
class Result:
    """The result with which an execution has ended."""

    value: Any


def record(transition: Transition, row: StepExecution, outcome: Outcome) -> Result | None:
    """Write the outcome of a running execution; gives its result where it has ended."""
    match outcome:
        case Ended():
            return _ended(transition, row, outcome)
        case Failed():
            _failed(transition, row, outcome)
        case TryAgain():
            _try_again(transition, row, outcome)
        case AskPerson() | StartChild():
            _wait(transition, row, outcome)
        case SleepUntil():
            _sleep(transition, row, outcome)
        case Listen():
            _listen(transition, row, outcome.token)
        case OpenGroup():
            _open_group(transition, row, outcome)
        case Fire():
            fire(transition, row)
        case Hold():
            _hold(transition, row)
        case _:
            assert_never(outcome)
    return None


def _hold(transition: Transition, row: StepExecution) -> None:
    """Hold it, unless the instance was resumed after its worker had seen that it must wait."""
    status = transition.ready_or_held
    transition.has_work = transition.has_work or status == ExecutionStatus.READY
    transition.stop(row, status=status)


def _ended(transition: Transition, row: StepExecution, outcome: Ended) -> Result:
    details = transition.merge(outcome.writes)
    transition.stop(
        row,
        status=outcome.status,
        result=outcome.result,
        error=outcome.error,
        finished_at=transition.at,
    )
    if outcome.error:
        details["error"] = outcome.error
    transition.record(f"step.{outcome.status}", path=row.path, execution_id=row.id, **details)
    if row.kind == "human":
        settle_decided(transition, row)
    if row.kind == "human" or row.attempt or row.crashes:
        resolve_incidents(transition, [row.id])
    advance(transition.board, transition.board.tokens[row.id], outcome.status, outcome.targets)
    return Result(outcome.result)


def _failed(transition: Transition, row: StepExecution, outcome: Failed) -> None:
    details = transition.merge(outcome.writes)
    transition.stop(
        row,
        status=FAILED,
        phase=outcome.phase,
        result=outcome.result,
        error=outcome.error,
        attempt=row.attempt + 1,
        finished_at=transition.at,
    )
    details["error"] = outcome.error
    transition.record("step.failed", path=row.path, execution_id=row.id, **details)
    open_incident(transition, row.id, row.path, outcome.error)
    advance(transition.board, transition.board.tokens[row.id], FAILED)


def _try_again(transition: Transition, row: StepExecution, outcome: TryAgain) -> None:
    due_at = after(transition.at, outcome.delay)
    transition.stop(
        row,
        status=ExecutionStatus.SCHEDULED,
        due_at=due_at,
        attempt=row.attempt + 1,
        error=outcome.error,
    )
    transition.record(
        "step.attempt_failed",
        path=row.path,
        execution_id=row.id,
        error=outcome.error,
        attempt=row.attempt,
        again_at=due_at,
    )
    wake_before(due_at, transition.at)


def _wait(transition: Transition, row: StepExecution, outcome: AskPerson | StartChild) -> None:
    transition.stop(row, status=ExecutionStatus.WAITING, phase=LEAVE, attempt=0)
    if isinstance(outcome, AskPerson):
        open_task(transition, row, outcome)
    else:
        open_child(transition, row, outcome)


def _sleep(transition: Transition, row: StepExecution, outcome: SleepUntil) -> None:
    until = outcome.until
    due_at = instant(until) if isinstance(until, datetime) else after(transition.at, until)
    transition.stop(row, status=ExecutionStatus.SCHEDULED, phase=LEAVE, due_at=due_at, attempt=0)
    transition.record("timer.set", path=row.path, execution_id=row.id, due_at=due_at)
    wake_before(due_at, transition.at)


def _listen(transition: Transition, row: StepExecution, token: str) -> None:
    call = expect_call(transition, row, token)
    if call.refusal:
        _failed(transition, row, Failed(error=call.refusal, phase=row.phase))
    elif call.has_come:
        status = transition.ready_or_held
        transition.stop(row, status=status, phase=LEAVE, result=call.payload, attempt=0)
        transition.record("webhook.received", path=row.path, execution_id=row.id, early=True)
        wake_later()
    else:
        transition.stop(row, status=ExecutionStatus.WAITING, phase=LEAVE, attempt=0)
        transition.record("webhook.awaited", path=row.path, execution_id=row.id)


def _open_group(transition: Transition, row: StepExecution, outcome: OpenGroup) -> None:
    count = len(outcome.children if outcome.items is None else outcome.items)
    transition.stop(row, status=ExecutionStatus.WAITING, pending=count, needed=count, attempt=0)
    open_group(transition.board, as_token(row), outcome.children, outcome.items)

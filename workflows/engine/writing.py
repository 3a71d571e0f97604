"""Write what was decided on boards: executions, cancellations, history, instances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, Q

from workflows.engine.access_rows import close_tasks_of
from workflows.engine.board import CANCELED, ENTER, FAILED, READY, Token
from workflows.engine.claims import Lease
from workflows.engine.incidents import open_incident, resolve_incidents
from workflows.engine.transition import Transition
from workflows.models.events import Event
from workflows.models.step_executions import CLOSED, ExecutionStatus, StepExecution
from workflows.models.webhooks import WebhookToken
from workflows.queue import wake_later
from workflows.steps.base import StepType

HELD = ExecutionStatus.HELD


def write(transitions: Iterable[Transition], lease: Lease | None = None) -> list[StepExecution]:
    """Store the transitions; give the executions that `lease`'s owner goes on with.

    With a lease, of what each instance has newly ready the first goes on in this worker.
    """
    riding: list[StepExecution] = []
    waking = False
    events: list[Event] = []
    for transition in transitions:
        if transition.has_board:
            ridden, left = _write_board(transition, lease)
            riding += ridden
            waking = waking or left
        events += transition.events
        _write_instance(transition)
    Event.objects.bulk_create(events)
    if waking:
        wake_later()
    return riding


def _write_instance(transition: Transition) -> None:
    instance = transition.instance
    instance.revision += 1
    instance.changed_at = transition.at
    instance.save(update_fields=sorted(transition.changed))


def _write_board(transition: Transition, lease: Lease | None) -> tuple[list[StepExecution], bool]:
    """Write one board; give what the lease's owner goes on with, and whether work is left."""
    board, instance = transition.board, transition.instance
    if board.visits != instance.visits:
        instance.visits = board.visits
        transition.changed.add("visits")
    if board.canceled:
        cancel_executions(transition, board.canceled)
    ready = _write_altered(transition)
    inserted = [
        new_execution(transition, board.tokens[temporary])
        for temporary in board.inserted
        if temporary in board.tokens
    ]
    fresh = [row for row in inserted if row.status == READY]
    riding = [_leased(row, lease, transition.at) for row in fresh[:1]] if lease else []
    StepExecution.objects.bulk_create(inserted)
    for row in inserted:
        if row.status == FAILED:
            _record_failed_on_entry(transition, row)
    transition.move_to(board.instance_status(), error=_error(transition))
    return riding, ready or len(fresh) > len(riding)


def _leased(row: StepExecution, lease: Lease, at: datetime) -> StepExecution:
    row.status, row.fence, row.started_at = ExecutionStatus.RUNNING, 1, at
    row.lease_owner, row.lease_until = lease.worker_id, lease.until
    return row


def _write_altered(transition: Transition) -> bool:
    """Write the rows that changed; whether one of them has work now."""
    board, work = transition.board, False
    for number in sorted(board.altered):
        token = board.tokens[number]
        row = transition.rows.get(number)
        if row is None or as_fields(row) == as_fields(token):
            continue
        status = _held_if_suspended(transition, token)
        work = work or status == READY
        closing = {"finished_at": transition.at} if status == FAILED else {}
        StepExecution.objects.filter(pk=number).update(
            status=status,
            phase=token.phase,
            pending=token.pending,
            arrived=sorted(token.arrived),
            previous_id=token.previous,
            error=token.error,
            **closing,
        )
        if status == FAILED and row.status != FAILED:
            transition.record(
                "step.failed", path=token.path, execution_id=number, error=token.error
            )
    return work


def as_fields(row: StepExecution | Token) -> tuple[object, ...]:
    """Give what a board can change of a row."""
    previous = row.previous if isinstance(row, Token) else row.previous_id
    return (row.status, row.phase, row.pending, set(row.arrived), previous, row.error)


def _held_if_suspended(transition: Transition, token: Token) -> str:
    suspended = transition.instance.suspended_at is not None
    return HELD if suspended and token.status == READY else token.status


def new_execution(transition: Transition, token: Token) -> StepExecution:
    """Give the row of a token that is new on the board."""
    node = transition.definition.graph.nodes[token.path]
    return StepExecution(
        instance=transition.instance,
        definition_id=transition.instance.definition_id,
        path=token.path,
        scope=token.scope,
        visit=token.visit,
        kind=str(node.kind),
        phase=ENTER,
        status=_held_if_suspended(transition, token),
        priority=node.step.priority,
        arrived=sorted(token.arrived),
        previous_id=token.previous,
        error=token.error,
        created_at=transition.at,
        finished_at=transition.at if token.status == FAILED else None,
    )


def _record_failed_on_entry(transition: Transition, row: StepExecution) -> None:
    transition.record("step.failed", path=row.path, execution_id=row.pk, error=row.error)
    open_incident(transition, row.pk, row.path, row.error)


def _error(transition: Transition) -> str:
    """Give the first failure on the board, for the instance to show."""
    nodes = transition.board.graph.nodes
    failed = [token for token in transition.board.tokens.values() if token.status == FAILED]
    # A group fails because of a child, whose error says more.
    failed.sort(key=lambda token: bool(nodes[token.path].children))
    return f"{failed[0].path}: {failed[0].error}" if failed else ""


def cancel_executions(transition: Transition, numbers: Sequence[int]) -> None:
    """Cancel executions with the tasks, reminders and deadlines that hang on them."""
    wanted = [number for number in numbers if number > 0]
    StepExecution.objects.filter(
        Q(pk__in=wanted) | Q(scope__in=wanted), instance=transition.instance
    ).exclude(status__in=CLOSED).update(
        status=CANCELED,
        fence=F("fence") + 1,
        lease_owner="",
        lease_until=None,
        finished_at=transition.at,
    )
    rows = transition.rows
    for number in wanted:
        transition.record("step.canceled", path=rows[number].path, execution_id=number)
    resolve_incidents(transition, wanted)
    kinds = {rows[number].kind for number in wanted}
    if StepType.HUMAN in kinds:
        close_tasks_of(transition, wanted)
    if StepType.WEBHOOK in kinds:
        WebhookToken.objects.filter(
            instance=transition.instance,
            path__in=[rows[number].path for number in wanted],
            closed_at=None,
        ).update(closed_at=transition.at)

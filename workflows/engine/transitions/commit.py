"""Write what was decided on boards: executions, history and instances, a statement per table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from workflows.engine.board.board import CANCELED, ENTER, FAILED, READY, Token
from workflows.engine.queue.claims import Lease
from workflows.engine.store.bulk import Change, Inserts, Updates, new_row
from workflows.engine.store.select import relate
from workflows.engine.transitions.incidents import open_incident, resolve_incidents
from workflows.engine.transitions.transition import Transition
from workflows.exceptions import LateResult
from workflows.models.events import Event
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import CLOSED, LINK, ExecutionStatus, StepExecution
from workflows.steps.base import StepType
from workflows.wakeups import wake_later

HELD = ExecutionStatus.HELD

ON_CANCEL: Final[dict[StepType, Callable[[Transition, Sequence[StepExecution]], None]]] = {}
"""What else ends when executions of a kind of step are cancelled; children end by links.

`tasks.close` and `webhooks.wait` enter themselves; `workflows.engine` imports both, so that no
process can have this module without them.
"""


class Draft:
    """What transitions come to, as the database is sent it; `write` sends it.

    It can be drawn up before the locks are taken, for which others wait.
    """

    def __init__(self, lease: Lease | None = None) -> None:
        self.transitions: list[Transition] = []
        self._lease = lease
        self._changes = Updates(StepExecution)
        self._fresh = Inserts(StepExecution)
        self._instances = Updates(WorkflowInstance)
        self._events = Inserts(Event)

    def add(self, transition: Transition) -> None:
        """Settle a transition, on which nothing happens from now on, and write it, too."""
        settle(transition, self._lease)
        self.transitions.append(transition)
        for change in transition.changes.values():
            self._changes.add(change)
        for row in transition.inserted:
            self._fresh.add(row)
        if not transition.fails_on_entry:
            self._add_instance(transition)

    def write(self) -> list[StepExecution]:
        """Store it all; give the executions that the lease's owner goes on with.

        Raises LateResult where an execution that was reported has been claimed by another worker.
        """
        if not self._changes.write():
            raise LateResult("Another worker has an execution whose result was to be recorded.")
        self._fresh.write_numbered()
        links = Inserts(StepExecution)
        for one in self.transitions:
            if one.fails_on_entry:
                # What can only be told of executions that have a number.
                _announce_failures(one)
                _conclude(one)
                self._add_instance(one)
            for path, scope in one.links:
                links.add(_link(one, path, scope))
        self._instances.write()
        self._events.write()
        links.write()
        if links.rows or self._leaves_work():
            wake_later()
        return [one.riding for one in self.transitions if one.riding is not None]

    def _add_instance(self, transition: Transition) -> None:
        """Add what has become of the instance, and its history."""
        instance = transition.instance
        instance.revision, instance.changed_at = transition.revision + 1, transition.at
        self._instances.add(Change(instance, transition.changed))
        for event in transition.events:
            self._events.add(event)

    def _leaves_work(self) -> bool:
        """Whether there is something to do for others."""
        return any(one.has_work for one in self.transitions) or any(
            row.status == READY for row in self._fresh.rows
        )


def write(transitions: Iterable[Transition]) -> None:
    """Store the transitions."""
    draft = Draft()
    for transition in transitions:
        draft.add(transition)
    draft.write()


def settle(transition: Transition, lease: Lease | None = None) -> None:
    """Work out, once, which rows follow from the board, and what they mean for the instance.

    Asks the database nothing, unless something is cancelled.
    """
    if transition.is_settled or not transition.has_board:
        return
    transition.is_settled = True
    transition.inserted = _apply_board(transition)
    transition.riding = _ride(transition.inserted, lease) if lease else None
    transition.fails_on_entry = any(row.status == FAILED for row in transition.inserted)
    if not transition.fails_on_entry:
        _conclude(transition)


def _link(transition: Transition, path: str, scope: int) -> StepExecution:
    """Give a row for a worker to bring two instances in step; it is work also while suspended."""
    return StepExecution(
        instance=transition.instance,
        definition_id=transition.instance.definition_id,
        path=path,
        scope=scope,
        visit=transition.instance.revision,
        kind=LINK,
        created_at=transition.at,
    )


def _apply_board(transition: Transition) -> list[StepExecution]:
    """Turn what has changed on the board into changes of rows; give the new ones."""
    board, instance = transition.board, transition.instance
    if board.visits != instance.visits:
        instance.visits = board.visits
        transition.changed.add("visits")
    if board.canceled:
        cancel_executions(transition, board.canceled)
    for number in sorted(board.altered):
        _alter(transition, number)
    return [
        new_execution(transition, board.tokens[temporary])
        for temporary in board.inserted
        if temporary in board.tokens
    ]


def _alter(transition: Transition, number: int) -> None:
    token, row = transition.board.tokens[number], transition.rows.get(number)
    if row is None or as_fields(row) == as_fields(token):
        return
    before, status = row.status, _held_if_suspended(transition, token)
    closing: dict[str, Any] = {"finished_at": transition.at} if status == FAILED else {}
    transition.has_work = transition.has_work or status == READY
    transition.change(
        row,
        status=status,
        phase=token.phase,
        pending=token.pending,
        arrived=sorted(token.arrived),
        previous_id=token.previous,
        error=token.error,
        **closing,
    )
    if status == FAILED != before:
        transition.record("step.failed", path=token.path, execution_id=number, error=token.error)


def _ride(inserted: Iterable[StepExecution], lease: Lease) -> StepExecution | None:
    """Lease the first of what an instance has newly ready."""
    row = next((row for row in inserted if row.status == READY), None)
    if row is not None:
        row.status, row.fence, row.started_at = ExecutionStatus.RUNNING, 1, row.created_at
        row.lease_owner, row.lease_until = lease.worker_id, lease.until
    return row


def _announce_failures(transition: Transition) -> None:
    for row in transition.inserted:
        if row.status == FAILED:
            transition.record("step.failed", path=row.path, execution_id=row.id, error=row.error)
            open_incident(transition, row.id, row.path, row.error)


def _conclude(transition: Transition) -> None:
    """Say what follows for the instance from the steps that it is at now."""
    if transition.board.tokens or not transition.instance.has_ended:
        # What only links an instance that has ended to another one does not end it again.
        transition.move_to(transition.board.instance_status(), error=_error(transition))


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
    row = new_row(
        StepExecution,
        instance_id=transition.instance.id,
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
        position=token.position,
        item=token.item,
        created_at=transition.at,
        finished_at=transition.at if token.status == FAILED else None,
    )
    relate(row, "instance", transition.instance)
    return row


def _error(transition: Transition) -> str:
    """Give the first failure on the board, for the instance to show."""
    nodes = transition.board.graph.nodes
    failed = [token for token in transition.board.tokens.values() if token.status == FAILED]
    if not failed and FAILED not in transition.board.elsewhere:
        return ""
    # A group fails because of a child, whose error says more.
    failed.sort(key=lambda token: bool(nodes[token.path].children))
    if FAILED in transition.board.elsewhere and transition.instance.error:
        return transition.instance.error
    return f"{failed[0].path}: {failed[0].error}" if failed else ""


def cancel_executions(transition: Transition, numbers: Sequence[int]) -> None:
    """Cancel executions with the tasks, reminders and deadlines that hang on them."""
    rows, wanted = transition.rows, [number for number in numbers if number > 0]
    names = set(wanted)
    for row in rows.values():
        if row.status not in CLOSED and (row.id in names or row.scope in names):
            transition.change(
                row,
                fences=True,
                status=CANCELED,
                lease_owner="",
                lease_until=None,
                finished_at=transition.at,
            )
    transition.link_children(rows[number] for number in wanted)
    for number in (number for number in wanted if rows[number].kind != LINK):
        transition.record("step.canceled", path=rows[number].path, execution_id=number)
    resolve_incidents(transition, wanted)
    for kind, end in ON_CANCEL.items():
        if of_kind := [rows[number] for number in wanted if rows[number].kind == kind]:
            end(transition, of_kind)

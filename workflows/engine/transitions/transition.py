"""One transaction's hold on one instance: its board, its history, and what to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from workflows.definition.definition import WorkflowDefinition
from workflows.engine.board.board import Board, Token
from workflows.engine.definitions.stored import code_of
from workflows.engine.store.bulk import Change, new_row
from workflows.engine.store.select import (
    active_executions,
    copy_of,
    lock_revisions,
    read_instances,
    relate,
)
from workflows.engine.transitions.partial_read import Crowd, read_part
from workflows.engine.work.work import Work
from workflows.models.events import Event
from workflows.models.instances import ENDED, InstanceStatus, WorkflowInstance
from workflows.models.step_executions import ATTACHED, CLOSED, StepExecution
from workflows.steps.base import StepType

TOLD_TO_PARENT = {InstanceStatus.COMPLETED, InstanceStatus.FAILED, InstanceStatus.CANCELED}
"""Coming into these states, or out of one of them, concerns the step that started an instance."""


class Transition:
    """A locked instance within a transaction; `commit.write` stores what was changed on it."""

    def __init__(self, instance: WorkflowInstance, at: datetime) -> None:
        self.instance = instance
        self.at = at
        self.revision = instance.revision
        self.events: list[Event] = []
        self.changed: set[str] = {"revision", "changed_at"}
        self.changes: dict[int, Change] = {}
        self.has_board = self.has_work = self.is_settled = self.fails_on_entry = False
        self.inserted: list[StepExecution] = []
        self.riding: StepExecution | None = None
        self.reason = ""
        self.together: Mapping[Any, Transition] = {}
        self.ends: dict[int, bool] = {}
        self.links: dict[tuple[str, int], None] = {}
        self.crowd = Crowd()

    @cached_property
    def definition(self) -> WorkflowDefinition:
        """The code of the instance's workflow; raises UnknownWorkflow where there is none."""
        return code_of(self.instance.definition)

    @cached_property
    def rows(self) -> dict[int, StepExecution]:
        """The active executions by id, reminders and deadlines among them.

        They are read for all instances that were locked together, in one statement.
        """
        together = self.together or {self.instance.id: self}
        found: dict[Any, dict[int, StepExecution]] = {
            number: {}
            for number, one in together.items()
            if "rows" not in one.__dict__ and not one.reads_part()
        }
        if "rows" in self.__dict__:
            return self.rows
        for row in active_executions(found):
            relate(row, "instance", together[row.instance_id].instance)
            found[row.instance_id][row.id] = row
        for number, rows in found.items():
            together[number].rows = rows
        return found[self.instance.id]

    def reads_part(self) -> bool:
        """Read no more than `ends` can touch, where the rest may be many and that is enough.

        `ends` are the executions, by id, whose end is to be recorded, and whether they failed.
        """
        if not self.ends or not self.definition.graph.items:
            return False
        crowd = read_part(self, self.ends)
        if crowd is None:
            return False
        for row in crowd.rows.values():
            relate(row, "instance", self.instance)
        self.crowd = crowd
        self.rows = crowd.rows
        return True

    @cached_property
    def board(self) -> Board:
        self.has_board = True
        tokens = (as_token(row) for row in self.rows.values() if row.kind not in ATTACHED)
        board = Board.of(self.definition.graph, tokens, self.instance.visits)
        board.elsewhere, board.failing = self.crowd.elsewhere, self.crowd.failing
        return board

    @property
    def ready_or_held(self) -> str:
        """The status of what could run now: held while the instance is suspended."""
        return "held" if self.instance.suspended_at is not None else "ready"

    def change(
        self,
        row: StepExecution,
        *,
        held: int | None = None,
        fences: bool = False,
        **values: Any,
    ) -> None:
        """Change an execution, here now and stored when the transition is written.

        With `held` it must still run under that fence then; `fences` refuses whoever runs it.
        """
        for name, value in values.items():
            setattr(row, name, value)
        change = self.changes.setdefault(row.id, Change(row))
        change.names.update(values)
        change.held = held if held is not None else change.held
        change.fences = fences or change.fences

    def stop(self, row: StepExecution, *, status: str, **changes: Any) -> None:
        """End the lease on a running execution and give it another status.

        What has ended for good stays on the board until `advance` says what follows.
        """
        changes |= {"status": status, "lease_owner": "", "lease_until": None}
        self.change(row, held=row.fence, **changes)
        if row.kind not in ATTACHED and status not in CLOSED:
            self.board.tokens[row.id] = as_token(row)

    def record(
        self,
        kind: str,
        *,
        path: str = "",
        execution_id: int | None = None,
        actor: Any = None,
        via: str = "",
        **data: Any,
    ) -> None:
        """Add a line to the instance's history."""
        self.instance.last_seq += 1
        self.changed.add("last_seq")
        self.events.append(
            new_row(
                Event,
                instance_id=self.instance.id,
                seq=self.instance.last_seq,
                kind=kind,
                path=path,
                execution_id=execution_id,
                actor_id=getattr(actor, "pk", None),
                via=via,
                at=self.at,
                data=data,
            )
        )

    def merge(self, writes: Mapping[str, Any]) -> dict[str, Any]:
        """Put a step's writes into the instance's data.

        Gives what to record of it: the new data revision and each changed value, before
        and after; nothing where nothing changed.
        """
        instance = self.instance
        changes = {
            key: [instance.data.get(key), value]
            for key, value in writes.items()
            if key not in instance.data or instance.data[key] != value
        }
        if not changes:
            return {}
        instance.data = {**instance.data, **writes}
        instance.data_revision += 1
        self.changed |= {"data", "data_revision"}
        return {"data_revision": instance.data_revision, "changes": changes}

    def move_to(self, status: str, *, error: str = "") -> None:
        """Give the instance a new status and say so in its history where it ends or fails."""
        instance = self.instance
        if instance.status == status and instance.error == error:
            return
        announced = {"completed", "failed"} - {instance.status}
        if instance.parent_id is not None and {instance.status, status} & TOLD_TO_PARENT:
            self.links["#parent", 0] = None
        instance.status, instance.error = InstanceStatus(status), error
        instance.finished_at = self.at if status in ENDED else None
        self.changed |= {"status", "error", "finished_at"}
        if status in announced:
            details: dict[str, Any] = {"error": error} if error else {}
            self.record(f"instance.{status}", **details)

    def link_children(self, executions: Iterable[StepExecution] | None = None) -> None:
        """Have a worker bring what these executions (or all active ones) have started in step."""
        for row in self.rows.values() if executions is None else executions:
            if row.kind == StepType.WORKFLOW:
                self.links[f"{row.path}#child", row.pk] = None

    def resume_running(self) -> None:
        """There is work again for an instance that only waited."""
        if self.instance.status == InstanceStatus.WAITING:
            self.move_to(InstanceStatus.RUNNING)


def as_token(row: StepExecution) -> Token:
    """Give an execution's row as the board sees it."""
    return Token(
        row.id,
        row.path,
        row.scope,
        row.visit,
        row.status,
        row.phase,
        row.pending,
        frozenset(row.arrived),
        row.previous_id,
        row.error,
    )


def lock_one(instance_id: Any, at: datetime) -> Transition:
    """Lock one instance; raises WorkflowInstance.DoesNotExist where there is none."""
    found = lock([instance_id], at)
    if not found:
        raise WorkflowInstance.DoesNotExist(f"There is no workflow instance {instance_id}.")
    return next(iter(found.values()))


def lock(
    instance_ids: Iterable[Any], at: datetime, prepared: Mapping[Any, Transition] | None = None
) -> dict[Any, Transition]:
    """Lock instances in the order of their ids; call inside a transaction.

    `prepared` are transitions, by instance, that were worked out beforehand on what was known. They
    count where the revision is still the same, as nothing has happened then; nothing is read.
    """
    ids, as_before = set(instance_ids), {}
    if prepared:
        revisions = lock_revisions(ids)
        as_before = {
            number: transition
            for number, transition in prepared.items()
            if revisions.get(number) == transition.revision
        }
        ids = revisions.keys() - as_before.keys()
    instances = read_instances(ids, lock=True) if ids else ()
    locked = {instance.id: Transition(instance, at) for instance in instances}
    for transition in locked.values():
        transition.together = locked
    return locked | as_before


def prepare(known: Work, at: datetime) -> Transition:
    """Give a transition of an instance in which, as far as is known, this work alone is active.

    It works on copies: what is known stays as it is, should the transition be undone.
    """
    instance, row = copy_of(known.instance), copy_of(known.execution)
    relate(row, "instance", instance)
    transition = Transition(instance, at)
    transition.definition = known.definition
    transition.rows = {row.id: row}
    return transition

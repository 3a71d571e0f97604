"""Begins anew what a group has begun before: under a new number, for the same item."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.engine.board.board import Board
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import ATTACHED, StepExecution


@dataclass
class Begun:
    """The executions inside a group, by id, and the highest number of a visit by path.

    Items share a path, so that the number after that of a visit may be another item's.
    """

    rows: dict[int, StepExecution]
    visits: dict[str, int]

    def last(self) -> list[StepExecution]:
        """Give the last visit to each child, of those for items one for each."""
        return list({(row.path, row.position): row for row in self.rows.values()}.values())

    def again(self, board: Board, row: StepExecution) -> None:
        """Begin the next visit to where this one was."""
        self.visits[row.path] += 1
        board.insert(
            row.path,
            scope=row.scope,
            visit=self.visits[row.path],
            previous=row.previous_id,
            position=row.position,
            item=row.item,
        )


def begun_in(instance: WorkflowInstance, scope: int) -> Begun:
    """Read what a group has begun."""
    begun = StepExecution.objects.filter(instance=instance, scope=scope)
    rows = list(begun.exclude(kind__in=ATTACHED).order_by("visit").defer("result"))
    return Begun({row.pk: row for row in rows}, {row.path: row.visit for row in rows})

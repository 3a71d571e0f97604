"""What follows when an execution ends: a pure function from board to board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workflows.definition.graph import Node
from workflows.engine.board.board import (
    CANCELED,
    ENTER,
    FAILED,
    JOINING,
    LEAVE,
    READY,
    SKIPPED,
    SUCCEEDED,
    WAITING,
    Board,
    Token,
)
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import ATTACHED, StepExecution


def advance(board: Board, token: Token, status: str, targets: tuple[int, ...] = ()) -> None:
    """Record on the board that `token` ended with `status`, and all that follows from it.

    `targets` are the numbers of the edges that it leaves by. A failed token stays on the
    board and holds the joins that it could still reach.
    """
    if status == FAILED:
        token = board.alter(token, status=FAILED)
    else:
        board.close(token)
    if token.scope:
        _child_ended(board, board.tokens[token.scope], token, status)
    elif status not in (FAILED, CANCELED):
        for number in targets:
            arrive(board, number, previous=token.id)
    settle(board)


def arrive(board: Board, number: int, *, previous: int | None) -> None:
    """Let a branch come along edge `number`: it enters the step there, or waits to join others."""
    target = board.graph.edges[number].target
    if number not in board.graph.joins.get(target, ()):
        enter(board, target, previous=previous)
        return
    waiting = [
        token
        for token in board.tokens.values()
        if token.path == target and token.status == JOINING and number not in token.arrived
    ]
    if waiting:
        arrived = waiting[0].arrived | {number}
        board.alter(waiting[0], arrived=arrived, previous=previous)
    else:
        enter(board, target, previous=previous, joining=frozenset({number}))


def enter(
    board: Board, path: str, *, previous: int | None, joining: frozenset[int] = frozenset()
) -> Token:
    """Begin a new visit to a top-level step; one visit too many fails there."""
    visit, limit = board.visit(path), board.graph.nodes[path].step.max_visits
    status, error = (JOINING if joining else READY), ""
    if visit > limit:
        status, error = FAILED, f"The step was visited more than max_visits = {limit} times."
    return board.insert(
        path, visit=visit, status=status, arrived=joining, previous=previous, error=error
    )


def open_group(
    board: Board, group: Token, children: tuple[str, ...], items: tuple[Any, ...] | None = None
) -> None:
    """Start a group's children: all of them, the first of a sequence, or one per item."""
    node = board.graph.nodes[group.path]
    if items is not None:
        _open_for_each(board, group, children[0], items)
        return
    board.alter(group, status=WAITING, phase=ENTER, pending=len(children))
    for path in children[:1] if node.passes_results_on else children:
        board.insert(path, scope=group.id, previous=group.previous)


def _open_for_each(board: Board, group: Token, path: str, items: tuple[Any, ...]) -> None:
    group = board.alter(group, status=WAITING, phase=ENTER, pending=len(items))
    for position, item in enumerate(items):
        board.insert(
            path,
            scope=group.id,
            visit=position + 1,
            previous=group.previous,
            position=position,
            item=item,
        )
    if not items:
        _end_group(board, group)


def _child_ended(board: Board, group: Token, child: Token, status: str) -> None:
    node = board.graph.nodes[group.path]
    group = board.alter(group, pending=max(group.pending - 1, 0))
    siblings = [token for token in board.children(group.id) if token.id != child.id]
    unfinished = [token for token in siblings if token.status != FAILED]
    failed = [token for token in board.children(group.id) if token.status == FAILED]
    if status == FAILED and node.fails_at_once:
        _fail_group(board, group, child, unfinished)
    elif status == SUCCEEDED and node.is_race:
        for token in siblings:
            board.cancel(token)
        _end_group(board, group)
    elif status != FAILED and node.passes_results_on and group.pending:
        _next_in_sequence(board, node, group, child, status)
    elif not (group.pending if node.repeats else unfinished):
        if failed or group.id in board.failing:
            _fail_group(board, group, failed[0] if failed else child, [])
        else:
            _end_group(board, group)


def _next_in_sequence(board: Board, node: Node, group: Token, child: Token, status: str) -> None:
    path = node.children[node.children.index(child.path) + 1]
    previous = child.previous if status == SKIPPED else child.id
    board.insert(path, scope=group.id, previous=previous)


def _end_group(board: Board, group: Token) -> None:
    # The row that waited for the children now runs the callback and leaves like any step.
    board.alter(group, status=READY, phase=LEAVE, pending=0)


def _fail_group(board: Board, group: Token, child: Token, unfinished: list[Token]) -> None:
    for token in unfinished:
        board.cancel(token)
    failed = board.alter(group, status=FAILED, error=f"Step {child.path} failed.")
    if failed.scope:
        _child_ended(board, board.tokens[failed.scope], failed, FAILED)


def settle(board: Board) -> None:
    """Let every join go on that no active branch can still add to."""
    joining = sorted(
        (token for token in board.tokens.values() if token.status == JOINING),
        key=lambda token: (board.graph.nodes[token.path].index, token.visit),
    )
    if not joining:
        return
    top = [token for token in board.tokens.values() if token.scope == 0]
    blockers = {
        token.id: {other.id for other in top if _may_still_come(board, other, token)}
        for token in joining
    }
    free = [token for token in joining if not blockers[token.id]]
    if not free:
        free = _first_of_circle(joining, blockers)
    for token in free:
        board.alter(token, status=READY)


def _may_still_come(board: Board, other: Token, token: Token) -> bool:
    missing = board.graph.joins[token.path] - token.arrived
    return other.id != token.id and board.graph.can_reach(other.path, missing, avoiding=token.path)


def _first_of_circle(joining: list[Token], blockers: dict[int, set[int]]) -> list[Token]:
    """Of joins that wait only for each other, the first in declaration order."""
    circle = {token.id for token in joining}
    while outside := {i for i in circle if blockers[i] - circle}:
        circle -= outside
    return [token for token in joining if token.id in circle][:1]


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

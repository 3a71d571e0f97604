"""`advance` alone: random structured graphs, finished in random order, visit what they should."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.definitions import Note
from workflows import Edge, WorkflowDefinition
from workflows.definition.validation import find_problems
from workflows.engine.board.advance import advance, enter
from workflows.engine.board.board import FAILED, JOINING, READY, SUCCEEDED, Board, Token

Shape = tuple  # ("step",) | ("sequence" | "parallel" | "choice" | "loop", *parts)


def nested(inner: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
    """Give shapes with other shapes inside."""
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda parts: ("sequence", *parts)),
        several.map(lambda parts: ("parallel", *parts)),
        several.map(lambda parts: ("choice", *parts)),
        inner.map(lambda part: ("loop", part)),
    )


SHAPES = st.recursive(st.just(("step",)), nested, max_leaves=8)
ROUNDS = 2


@dataclass
class Plan:
    """A graph, which way each choice takes, and how often each step should be visited."""

    edges: list[Edge] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    ways: dict[str, list[str]] = field(default_factory=dict)
    expected: Counter[str] = field(default_factory=Counter)

    def step(self, times: int) -> str:
        """Add a step that is visited that often."""
        name = f"s{len(self.steps)}"
        self.steps.append(name)
        self.expected[name] = times
        return name

    def add(self, shape: Shape, times: int) -> tuple[str, str]:
        """Add a shape; give its first and last step."""
        kind, *parts = shape
        if kind == "step":
            only = self.step(times)
            return only, only
        if kind == "sequence":
            ends = [self.add(part, times) for part in parts]
            self.edges += [Edge(before[1], after[0]) for before, after in itertools.pairwise(ends)]
            return ends[0][0], ends[-1][1]
        return self._between(kind, parts, times)

    def _between(self, kind: str, parts: list[Shape], times: int) -> tuple[str, str]:
        rounds = times * ROUNDS if kind == "loop" else times
        first = self.step(rounds)
        for number, part in enumerate(parts):
            taken = rounds if kind != "choice" or number == 0 else 0
            begin, end = self.add(part, taken)
            self.edges.append(Edge(first, begin))
            parts[number] = (begin, end)
        last = self.step(rounds)
        self.edges += [Edge(end, last) for _, end in parts]
        if kind == "choice":
            self.ways[first] = [parts[0][0]]
        if kind == "loop":
            self.edges.append(Edge(last, first))
            after = self.step(times)
            self.edges.append(Edge(last, after))
            self.ways[last] = [first] * (ROUNDS - 1) + [after]
            return first, after
        return first, last


def plan_of(shape: Shape) -> tuple[Plan, WorkflowDefinition]:
    """Lay a shape out as a workflow."""
    plan = Plan()
    plan.add(shape, 1)
    definition = WorkflowDefinition(
        name="shape", steps={name: Note() for name in plan.steps}, edges=plan.edges
    )
    return plan, definition


def targets(plan: Plan, board: Board, token: Token) -> tuple[int, ...]:
    """Give the edges that a token leaves by: all of them, or the planned one."""
    outgoing = board.graph.outgoing[token.path]
    ways = plan.ways.get(token.path)
    if not ways:
        return outgoing
    way = ways[(token.visit - 1) % len(ways)]
    return tuple(number for number in outgoing if board.graph.edges[number].target == way)


@given(SHAPES, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_any_order_of_ends_visits_each_step_as_often_as_the_shape_says(
    shape: Shape, luck: random.Random
) -> None:
    plan, definition = plan_of(shape)
    assert find_problems(definition) == ()
    board = Board.of(definition.graph, [], {})
    enter(board, definition.graph.initial, previous=None)
    ends = 0

    while board.tokens:
        ready = [token for token in board.tokens.values() if token.status == READY]
        assert ready, "somebody can always go on"
        token = luck.choice(ready)
        advance(board, token, SUCCEEDED, targets(plan, board, token))
        ends += 1
        assert ends <= sum(plan.expected.values())

    assert board.instance_status() == "completed"
    assert {path: board.visits.get(path, 0) for path in plan.steps} == dict(plan.expected)


@given(SHAPES, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_a_failure_leaves_nothing_running_and_never_completes(
    shape: Shape, luck: random.Random
) -> None:
    plan, definition = plan_of(shape)
    board = Board.of(definition.graph, [], {})
    enter(board, definition.graph.initial, previous=None)
    doomed = luck.choice([path for path, times in plan.expected.items() if times])

    while ready := [token for token in board.tokens.values() if token.status == READY]:
        token = luck.choice(ready)
        failing = token.path == doomed
        status = FAILED if failing else SUCCEEDED
        advance(board, token, status, () if failing else targets(plan, board, token))

    assert board.instance_status() == "failed"
    assert {token.status for token in board.tokens.values()} <= {FAILED, JOINING}

"""A workflow's steps as a graph: paths, ways forward and back, and what can still be reached."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workflows.definition.dominators import back_edges
from workflows.steps.base import Step, StepType
from workflows.steps.groups import (
    ConditionalGroup,
    ForEachGroup,
    ParallelGroup,
    RaceGroup,
    SequentialGroup,
    StepGroup,
)

if TYPE_CHECKING:
    from workflows.definition.definition import Edge


@dataclass(frozen=True)
class Node:
    """One step at its place: `path` is its key, with the keys of its groups before it."""

    path: str
    step: Step
    index: int
    parent: str | None = None
    children: tuple[str, ...] = ()

    @property
    def kind(self) -> StepType:
        return self.step.step_type

    @property
    def label(self) -> str:
        """What people call the step."""
        title = getattr(self.step, "title", "") or self.step.name or self.path.rpartition("/")[2]
        return title if " " in title else title.replace("_", " ").capitalize()

    @property
    def passes_results_on(self) -> bool:
        """Whether this group runs its children one after another."""
        return isinstance(self.step, SequentialGroup)

    @property
    def repeats(self) -> bool:
        """Whether this group runs its one child once per item."""
        return isinstance(self.step, ForEachGroup)

    @property
    def is_race(self) -> bool:
        return isinstance(self.step, RaceGroup)

    @property
    def fails_at_once(self) -> bool:
        """Whether the first failed child fails the group."""
        return not isinstance(self.step, RaceGroup) and (
            getattr(self.step, "on_child_failure", "cancel") == "cancel"
        )

    @property
    def keeps_data_apart(self) -> bool:
        """Whether children's submissions are their result only, not merged into the data."""
        return isinstance(self.step, (ParallelGroup, RaceGroup))


@dataclass(frozen=True)
class Graph:
    """All nodes by path, and the edges between the top-level ones by number."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    initial: str
    terminal: frozenset[str]

    @cached_property
    def top_level(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes.values() if node.parent is None)

    @cached_property
    def items(self) -> Mapping[str, str]:
        """For each step inside a group that repeats: the path of the child that has the item."""
        found: dict[str, str] = {}
        for path, node in self.nodes.items():
            if node.parent is not None and self.nodes[node.parent].repeats:
                found[path] = path
            elif node.parent in found:
                found[path] = found[node.parent]
        return found

    def inside_item(self, path: str) -> list[str]:
        """Give the steps from the one that has the item (left out) down to `path`."""
        found: list[str] = []
        while path != self.items[path]:
            found.insert(0, path)
            path = self.nodes[path].parent or self.items[path]
        return found

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[int, ...]]:
        """Numbers of the edges out of each top-level step, in declared order."""
        return self._group(lambda edge: edge.source)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[int, ...]]:
        return self._group(lambda edge: edge.target)

    def _group(self, end: Callable[[Edge], str]) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {node.path: [] for node in self.top_level}
        for number, edge in enumerate(self.edges):
            if edge.source in found and edge.target in found:
                found[end(edge)].append(number)
        return {path: tuple(numbers) for path, numbers in found.items()}

    @cached_property
    def back(self) -> frozenset[int]:
        """Numbers of the edges whose target dominates their source: the ways back of loops."""
        return back_edges(self.initial, self._pairs)

    @cached_property
    def _pairs(self) -> dict[int, tuple[str, str]]:
        known = {number for numbers in self.outgoing.values() for number in numbers}
        return {n: (self.edges[n].source, self.edges[n].target) for n in sorted(known)}

    @cached_property
    def joins(self) -> Mapping[str, frozenset[int]]:
        """The forward edges into each step that has several: where branches wait for each other."""
        forward = {
            path: frozenset(number for number in numbers if number not in self.back)
            for path, numbers in self.incoming.items()
        }
        return {path: numbers for path, numbers in forward.items() if len(numbers) > 1}

    def can_reach(self, start: str, edges: Iterable[int], *, avoiding: str) -> bool:
        """Whether a branch at `start` may still come along one of `edges` without `avoiding`."""
        reached = self._reach_avoiding(start, avoiding)
        return any(self.edges[number].source in reached for number in edges)

    def _reach_avoiding(self, start: str, avoiding: str) -> frozenset[str]:
        if start == avoiding:
            return frozenset()
        memo = self._reach_memo
        if (start, avoiding) not in memo:
            memo[start, avoiding] = frozenset(self.reachable(start, avoiding=avoiding))
        return memo[start, avoiding]

    @cached_property
    def _reach_memo(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def reachable(self, start: str, *, avoiding: str | None = None) -> set[str]:
        """All top-level paths that a branch at `start` may come to, `start` among them."""
        found, to_visit = {start}, [start]
        while to_visit:
            for number in self.outgoing.get(to_visit.pop(), ()):
                target = self.edges[number].target
                if target not in found and target != avoiding:
                    found.add(target)
                    to_visit.append(target)
        return found


def build_graph(
    steps: Mapping[str, Step],
    edges: Sequence[Edge],
    initial: str,
    terminal: Collection[str] | None,
) -> Graph:
    """Lay the steps out by path; unknown names are left for `find_problems` to tell."""
    nodes: dict[str, Node] = {}
    for key, step in steps.items():
        _place(nodes, key, step, None)
    if terminal is None:
        sources = {edge.source for edge in edges}
        terminal = [key for key in steps if key not in sources]
    first = initial or next(iter(steps), "")
    return Graph(nodes=nodes, edges=tuple(edges), initial=first, terminal=frozenset(terminal))


def _place(nodes: dict[str, Node], path: str, step: Step, parent: str | None) -> None:
    named = _named_children(step)
    children = tuple(f"{path}/{name}" for name in named)
    nodes[path] = Node(path, step, len(nodes), parent, children)
    for child_path, child in zip(children, named.values(), strict=True):
        _place(nodes, child_path, child, path)


def _named_children(step: Step) -> dict[str, Step]:
    if isinstance(step, ConditionalGroup):
        extra = {"default": step.default} if step.default is not None else {}
        return {**step.branches, **extra}
    named: dict[str, Step] = {}
    for child in step.steps if isinstance(step, StepGroup) else ():
        base = getattr(child, "name", "") or snake_case(type(child).__name__)
        name, number = base, 2
        while name in named:
            name, number = f"{base}_{number}", number + 1
        named[name] = child
    return named


def snake_case(name: str) -> str:
    """`ManagerApproval` as `manager_approval`, `SendSMS` as `send_sms`."""
    spaced = re.sub(r"([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])", r"\1\3_\2\4", name)
    return spaced.lower()

"""An instance's graph with where it is, for pictures of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import ATTACHED, StepExecution

STATES = {
    "succeeded": "done",
    "handled": "done",
    "skipped": "skipped",
    "failed": "failed",
    "canceled": "canceled",
    "ready": "running",
    "running": "running",
    "scheduled": "waiting",
    "waiting": "waiting",
    "joining": "waiting",
    "held": "waiting",
    "blocked": "waiting",
}
"""How each status of an execution looks in a picture."""

MOST_URGENT = ("failed", "running", "waiting", "done", "skipped", "canceled")
"""Which of the states of many runs at once is that of the one box that stands for them."""


@dataclass(frozen=True)
class GraphNode:
    """One step: its state is that of its last visit; `group` says what kind of group it is.

    One box stands for all runs of a step in a group that repeats it, with the most urgent of their
    states.
    """

    path: str
    label: str
    kind: str
    parent: str | None
    state: str
    visits: int
    group: str = ""


@dataclass(frozen=True)
class GraphEdge:
    """One edge; `taken` when both its ends were visited one after the other."""

    source: str
    target: str
    label: str
    taken: bool


@dataclass(frozen=True)
class InstanceGraph:
    nodes: list[GraphNode]
    edges: list[GraphEdge]


@dataclass(frozen=True)
class _Visit:
    """What a picture needs of an execution."""

    number: int
    path: str
    status: str
    previous: int | None


def graph_state(
    instance: WorkflowInstance, executions: Iterable[StepExecution] | None = None
) -> InstanceGraph:
    """Give the stored graph of an instance's workflow with the state of each step.

    Without `executions` they are read in one statement.
    """
    rows = _read(instance) if executions is None else [_visit(row) for row in executions]
    by_number = {visit.number: visit for visit in rows}
    content = instance.definition.content
    states = _states(rows, _repeated(content["nodes"]))
    counts: dict[str, int] = {}
    for visit in rows:
        counts[visit.path] = counts.get(visit.path, 0) + 1
    taken = {
        (by_number[visit.previous].path, visit.path)
        for visit in rows
        if visit.previous in by_number
    }
    return InstanceGraph(
        [_node(node, states, counts) for node in content["nodes"]],
        [_edge(edge, taken) for edge in content["edges"]],
    )


def _states(visits: Iterable[_Visit], repeated: set[str]) -> dict[str, str]:
    """Give each step's state: that of its last visit, or the most urgent where many go on."""
    states: dict[str, str] = {}
    for visit in visits:
        state = STATES[visit.status]
        if visit.path in repeated and visit.path in states:
            state = min(state, states[visit.path], key=MOST_URGENT.index)
        states[visit.path] = state
    return states


def _repeated(nodes: Iterable[dict[str, Any]]) -> set[str]:
    """Give the steps inside groups that run one step per item; groups come before their steps."""
    groups: set[str] = set()
    found: set[str] = set()
    for node in nodes:
        if node["parent"] in groups or node["parent"] in found:
            found.add(node["path"])
        if node["group"] == "ForEachGroup":
            groups.add(node["path"])
    return found


def _node(node: dict[str, Any], states: dict[str, str], counts: dict[str, int]) -> GraphNode:
    path = node["path"]
    return GraphNode(
        path,
        node["label"],
        node["kind"],
        node["parent"],
        states.get(path, "pending"),
        counts.get(path, 0),
        node["group"],
    )


def _edge(edge: dict[str, Any], taken: set[tuple[str, str]]) -> GraphEdge:
    way = (edge["source"], edge["target"])
    return GraphEdge(*way, edge["label"], way in taken)


def _read(instance: WorkflowInstance) -> list[_Visit]:
    rows = StepExecution.objects.filter(instance=instance).exclude(kind__in=ATTACHED)
    found = rows.order_by("id").values_list("id", "path", "status", "previous_id")
    return [_Visit(*row) for row in found]


def _visit(row: StepExecution) -> _Visit:
    return _Visit(row.pk, row.path, row.status, row.previous_id)

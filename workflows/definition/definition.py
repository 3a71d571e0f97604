"""The blueprint of a workflow: its steps, the edges between them and what people see of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workflows.definition.graph import Graph, build_graph
from workflows.steps.base import Step
from workflows.steps.groups import Condition


@dataclass(frozen=True)
class Edge:
    """A way from one step to another; without a condition it is always taken.

    `condition` is a callable that gets the context, or an expression such as
    `context.get('score') >= 80`. `label` is what the picture of the workflow says.
    """

    source: str
    target: str
    condition: Condition | None = None
    label: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkflowDefinition:
    """A workflow: name, version, steps and edges.

    Args:
        steps: step per key; the key is the step's identity.
        initial_step: where instances begin; default: the first step.
        terminal_steps: where branches may end; default: every step without outgoing edges.
        start_schema: JSON Schema of the data that an instance starts with.
        can_start: callable of a user that says whether they may start it.
        start_groups: names of the groups that may start it; with neither, everybody may.
        visible_data: names of the data that reviewers see; default: what `start_schema` declares.
        summary: one line about a case, as a format string over the data.
        reference: name of the data that outsiders know the case by, such as an order number.
    """

    name: str
    version: str = "1"
    title: str = ""
    description: str = ""
    steps: Mapping[str, Step]
    edges: Sequence[Edge] = ()
    initial_step: str = ""
    terminal_steps: Collection[str] | None = None
    start_schema: dict[str, Any] | None = None
    start_ui_schema: dict[str, Any] | None = None
    can_start: Callable[[Any], bool] | None = None
    start_groups: Sequence[str] = ()
    visible_data: Sequence[str] | None = None
    summary: str = ""
    reference: str = ""

    @property
    def label(self) -> str:
        """What people call it."""
        return self.title or self.name.replace("_", " ").capitalize()

    @cached_property
    def graph(self) -> Graph:
        """The steps as a graph of paths, for the engine and for pictures."""
        return build_graph(self.steps, self.edges, self.initial_step, self.terminal_steps)


def version_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """Give a key under which versions sort by number: 10.0 comes after 9.0, 1.0 after 1.0-rc1."""
    parts = re.findall(r"\d+|[A-Za-z]+", version)
    ranked = [(1, int(part), "") if part.isdigit() else (-1, 0, part.lower()) for part in parts]
    return (*ranked, (0, 0, ""))

"""Tiny workflows that tests put together."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from workflows import BaseMachineStep, Edge, Step, WorkflowContext, WorkflowDefinition
from workflows.definition.registry import registry


class Do(BaseMachineStep):
    """Calls a function with the context; its answer is the step's result."""

    def __init__(self, function: Callable[[WorkflowContext], Any] = lambda context: None) -> None:
        self.function = function

    def execute(self, context: WorkflowContext) -> Any:
        """Call the function."""
        return self.function(context)


class Note(BaseMachineStep):
    """Writes its key's name into the data, so that tests see what ran and in which order."""

    def execute(self, context: WorkflowContext) -> str:
        """Add the step to the list `ran`."""
        context.set("ran", [*context.get("ran", []), context.current_step])
        return context.current_step


def sequence(*steps: Step, name: str = "sequence", **more: Any) -> WorkflowDefinition:
    """Put steps `a`, `b`, `c` … one after the other."""
    keys = [chr(ord("a") + number) for number in range(len(steps))]
    edges = [Edge(*pair) for pair in itertools.pairwise(keys)]
    return WorkflowDefinition(
        name=name, steps=dict(zip(keys, steps, strict=True)), edges=edges, **more
    )


def graph(*edges: Edge, name: str = "graph", **steps: Step) -> WorkflowDefinition:
    """Connect steps by edges; every key that only an edge names is a Note."""
    keys = dict.fromkeys(key for edge in edges for key in (edge.source, edge.target))
    found = {key: steps.get(key) or Note() for key in [*keys, *(k for k in steps if k not in keys)]}
    return WorkflowDefinition(name=name, steps=found, edges=edges)


@contextmanager
def gone(definition: WorkflowDefinition) -> Iterator[None]:
    """Have no code of a definition within the block."""
    registry.unregister(definition)
    try:
        yield
    finally:
        registry.register(definition)


@contextmanager
def deployed(new: WorkflowDefinition, instead_of: WorkflowDefinition) -> Iterator[None]:
    """Have other code of the same version within the block, as a process with a new release has."""
    with gone(instead_of):
        registry.register(new)
        try:
            yield
        finally:
            registry.unregister(new)

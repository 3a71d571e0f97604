"""Which steps have code that is not async, and so needs a thread to run in."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from workflows.definition.definition import WorkflowDefinition
from workflows.definition.graph import Graph, Node
from workflows.engine.work.work import Work

ENGINE = "workflows.steps."
"""The package whose own methods call nothing that takes time."""


def needs_thread(work: Work) -> bool:
    """Whether any code of the author that may run now is a plain function."""
    return _has_plain_code(work.definition, work.execution.path)


@lru_cache(maxsize=10_000)
def _has_plain_code(definition: WorkflowDefinition, path: str) -> bool:
    node = definition.graph.nodes.get(path)
    return node is not None and any(
        not inspect.iscoroutinefunction(function) for function in _code(definition.graph, node)
    )


def _code(graph: Graph, node: Node) -> Iterator[Any]:
    """Give the functions and expressions that the author wrote for a step."""
    step: Any = node.step
    for own in (step, getattr(step, "callback", None)):
        yield from _methods(own) if own is not None else ()
    conditions = [graph.edges[number].condition for number in graph.outgoing.get(node.path, ())]
    asked = [*conditions, getattr(step, "condition", None), getattr(step, "items", None)]
    yield from (one for one in asked if one is not None)


def _methods(step: Any) -> Iterator[Any]:
    for kind in type(step).__mro__:
        if not kind.__module__.startswith(ENGINE):
            yield from (
                value
                for name, value in vars(kind).items()
                if inspect.isfunction(value) and not name.startswith("_")
            )

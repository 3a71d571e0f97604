"""Which way a step is left: conditions of edges, and what gateways name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.definition.conditions import compile_condition
from workflows.definition.graph import Graph
from workflows.engine.board.board import LEAVE
from workflows.engine.work.call import CallSync, call
from workflows.engine.work.results import Ended, Failed, Outcome
from workflows.engine.work.texts import describe
from workflows.engine.work.work import Work
from workflows.exceptions import BadAnswer, BadRoute


async def leave_with(
    work: Work, call_sync: CallSync, status: str, result: Any = None, *, error: str = ""
) -> Outcome:
    """End the step with `result` and choose the edges to leave by.

    A condition that raises fails the step without losing what it has done.
    """
    writes: Mapping[str, Any] = dict(work.context.writes)
    work.context.leave_with(result)
    try:
        targets = await matching_edges(work, call_sync)
    except Exception as fault:  # noqa: BLE001 – conditions are the author's code
        return Failed(error=describe(fault), phase=LEAVE, result=result, writes=writes)
    return Ended(status=status, result=result, writes=writes, targets=targets, error=error)


async def matching_edges(work: Work, call_sync: CallSync) -> tuple[int, ...]:
    """Numbers of the edges whose condition holds; raises BadRoute where none does."""
    graph, path = work.definition.graph, work.execution.path
    if work.node.parent is not None or path in graph.terminal:
        return ()
    chosen = []
    for number in graph.outgoing[path]:
        condition = graph.edges[number].condition
        if condition is None or await _holds(condition, work, call_sync):
            chosen.append(number)
    if not chosen:
        targets = ", ".join(graph.edges[number].target for number in graph.outgoing[path])
        raise BadRoute(
            f"No edge out of {path!r} matched (targets: {targets or 'none'}), "
            "and it is not a terminal step."
        )
    return tuple(chosen)


async def _holds(condition: Any, work: Work, call_sync: CallSync) -> bool:
    return bool(await call(call_sync, compile_condition(condition), work.context))


def named_edges(graph: Graph, path: str, answer: Any) -> tuple[int, ...]:
    """Numbers of the edges to the steps that a gateway named."""
    names = [answer] if isinstance(answer, str) else answer
    if not isinstance(names, (list, tuple, set, frozenset)) or not names:
        raise BadAnswer(f"Gateway {path!r} returned {answer!r}; return a step's name, or a list.")
    targets = {graph.edges[number].target: number for number in reversed(graph.outgoing[path])}
    unknown = [name for name in names if name not in targets]
    if unknown:
        raise BadRoute(
            f"Gateway {path!r} named {unknown[0]!r}, which it has no edge to "
            f"(targets: {', '.join(sorted(targets)) or 'none'})."
        )
    return tuple(dict.fromkeys(targets[name] for name in names))

"""How a step's methods are called: plain or async, and which need a thread to run in."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Any, TypeGuard

from asgiref.sync import async_to_sync, sync_to_async

from workflows.definition.definition import WorkflowDefinition
from workflows.definition.graph import Graph, Node
from workflows.engine.work.work import Work
from workflows.exceptions import StepTimeout
from workflows.steps.base import Step

CallSync = Callable[..., Awaitable[Any]]
"""Calls a plain function with arguments and gives an awaitable of its answer."""


async def call_in_callers_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a plain function on the thread that waits for the event loop, with its connections."""
    return await sync_to_async(function)(*arguments)


def answer_of(function: Callable[..., Any], *arguments: Any) -> Any:
    """Give the answer of a plain or async function to code that is not async."""
    if is_async(function):
        return async_to_sync(function)(*arguments)
    answer = function(*arguments)
    return async_to_sync(_await)(answer) if inspect.isawaitable(answer) else answer


async def _await(answer: Awaitable[Any]) -> Any:
    return await answer


def is_async(function: Callable[..., Any]) -> TypeGuard[Callable[..., Coroutine[Any, Any, Any]]]:
    """Whether a function or method is a coroutine function; most that are show it in their code."""
    code = getattr(function, "__code__", None)
    shows_it = code is not None and bool(code.co_flags & inspect.CO_COROUTINE)
    return shows_it or inspect.iscoroutinefunction(function)


async def call(call_sync: CallSync, function: Callable[..., Any], *arguments: Any) -> Any:
    """Give the answer of a plain or async function."""
    if is_async(function):
        return await function(*arguments)
    answer = await call_sync(function, *arguments)
    return await answer if inspect.isawaitable(answer) else answer


async def call_within(
    limit: timedelta, call_sync: CallSync, function: Callable[..., Any], *arguments: Any
) -> Any:
    """Like `call`, but raises StepTimeout once `limit` has passed."""
    started = time.monotonic()
    try:
        async with asyncio.timeout(limit.total_seconds()):
            answer = await call(call_sync, function, *arguments)
    except TimeoutError as error:
        if time.monotonic() - started < limit.total_seconds():
            raise
        raise too_slow(limit) from error
    if time.monotonic() - started > limit.total_seconds():
        raise too_slow(limit)
    return answer


def too_slow(limit: timedelta) -> StepTimeout:
    """Give the error of a step that took longer than its time-out."""
    return StepTimeout(f"The step took longer than {limit}.")


def overrides(step: Step, method: str, base: type[Step] = Step) -> bool:
    """Whether the step's author has written this method, so that it is worth a call."""
    return getattr(type(step), method) is not getattr(base, method) or method in vars(step)


def fail_inside(function: Callable[..., Any], context: Any, error: Exception) -> Any:
    """Call `on_failure` while `error` is being handled, so that a bare `raise` raises it."""
    try:
        raise error
    except Exception:  # noqa: BLE001 – whatever the step's code raised is handled here
        return function(context, error)


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

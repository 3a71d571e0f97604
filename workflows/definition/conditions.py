"""Conditions of edges and groups: callables, or short expressions that can only read."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from workflows.context import WorkflowContext
from workflows.definition.expressions import evaluate, reason_against
from workflows.exceptions import ConditionError


@dataclass(frozen=True)
class Condition:
    """What decides whether an edge is taken; `text` is how it is shown.

    Calling it with a context gives the answer, or an awaitable of it where the author's function
    is async. Its truth decides (a conditional group takes it as a branch's name). What goes wrong
    is a ConditionError that names the condition.
    """

    text: str
    ask: Callable[[WorkflowContext], Any]

    def __call__(self, context: WorkflowContext) -> Any:
        """Give the answer for this context, or an awaitable of it."""
        try:
            answer = self.ask(context)
        except Exception as error:
            raise self._failed(error) from error
        return self._awaited(answer) if inspect.isawaitable(answer) else answer

    async def holds(self, context: WorkflowContext) -> bool:
        """Whether the answer is true, whichever kind of function gives it."""
        answer = self(context)
        return bool(await answer if inspect.isawaitable(answer) else answer)

    async def _awaited(self, answer: Awaitable[Any]) -> Any:
        try:
            return await answer
        except Exception as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> ConditionError:
        reason = str(error) or "there is no further message"
        return ConditionError(f"Condition {self.text!r} failed: {type(error).__name__}: {reason}")


def compile_condition(condition: str | Callable[..., Any] | Condition | None) -> Condition:
    """Give the condition in a form that can be called; None holds always.

    Raises ConditionError for an expression that `check_expression` refuses.
    """
    if condition is None:
        compiled = Condition("", lambda context: True)
    elif isinstance(condition, Condition):
        compiled = condition
    elif isinstance(condition, str):
        compiled = _expression(condition)
    else:
        name = getattr(condition, "__qualname__", type(condition).__qualname__)
        compiled = Condition(name, condition)
    return compiled


def check_expression(text: str) -> str | None:
    """Say why an expression cannot be used, as the end of a sentence; None when it can."""
    return reason_against(text)


def _expression(text: str) -> Condition:
    reason = reason_against(text)
    if reason:
        raise ConditionError(f"Condition {text!r} cannot be used: {reason}")
    return Condition(text, lambda context: evaluate(text, context))

"""Short expressions over a context, run by simpleeval on an allow-list: they read and compare."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from simpleeval import EvalWithCompoundTypes, safe_add, safe_mult

from workflows.context import WorkflowContext

MAX_LENGTH: Final = 1_000
MAX_PARTS: Final = 250
MAX_POWER: Final = 100
MAX_BASE: Final = 10**9

READABLE: Final = frozenset(
    {
        "current_step",
        "data",
        "get",
        "index",
        "instance_id",
        "item",
        "metadata",
        "previous_result",
        "result_of",
        "user_id",
        "visit",
        "workflow_id",
    }
)
TEXTS: Final = frozenset({"casefold", "endswith", "lower", "startswith", "strip", "upper"})
METHODS: Final[dict[type[Any], frozenset[str]]] = {
    str: TEXTS,
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"count"}),
}
_FUNCTIONS: Final[tuple[Callable[..., Any], ...]] = (
    abs,
    all,
    any,
    bool,
    float,
    int,
    len,
    max,
    min,
    round,
    str,
    sum,
)
FUNCTIONS: Final = {function.__name__: function for function in _FUNCTIONS}
FORBIDDEN: Final = {
    ast.Lambda: "lambda",
    ast.NamedExpr: "assignments",
    ast.JoinedStr: "f-strings",
    ast.Await: "await",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    ast.Starred: "unpacking",
    ast.DictComp: "dictionaries of loops",
    ast.SetComp: "sets of loops",
}


class Reading:
    """What an expression may know of a context: to read, and nothing to change."""

    def __init__(self, context: WorkflowContext) -> None:
        self.get = context.get
        self.result_of = context.result_of
        self.data = dict(context.data)
        self.metadata = dict(context.metadata)
        self.previous_result = context.previous_result
        self.item, self.index = context.item, context.index
        self.visit = context.visit
        self.current_step = context.current_step
        self.workflow_id = context.workflow_id
        self.instance_id = context.instance_id
        self.user_id = context.user_id


def evaluate(text: str, context: WorkflowContext) -> Any:
    """Give the value of an expression without a reason against it; raises what goes wrong in it."""
    # One for each call: an evaluator keeps what it is at, and calls come from several threads.
    evaluator = EvalWithCompoundTypes(
        operators=OPERATORS,
        functions=FUNCTIONS,
        names={"context": Reading(context)},
        allowed_attrs=METHODS | {Reading: READABLE},
    )
    evaluator.ATTR_INDEX_FALLBACK = False
    answer = evaluator.eval(text, _parse(text))
    if callable(answer):
        raise TypeError("it gives a function; call it")
    return answer


def reason_against(text: str) -> str | None:
    """Say why the expression cannot be used, as the end of a sentence; None when it can."""
    if not text.strip():
        return "it is empty."
    if len(text) > MAX_LENGTH:
        return f"it is longer than {MAX_LENGTH:,} characters."
    try:
        tree = _parse(text)
    except SyntaxError as error:
        return f"it is not an expression ({error.msg})."
    except (ValueError, RecursionError, MemoryError):
        return "it is not an expression."
    parts = list(ast.walk(tree))
    if len(parts) > MAX_PARTS:
        return "it is too long; write a function instead."
    return next(_reasons(parts), None)


@lru_cache(maxsize=1_000)
def _parse(text: str) -> ast.expr:
    return ast.parse(text.strip(), mode="eval").body


def _reasons(parts: list[ast.AST]) -> Iterator[str]:
    names = {"context", *FUNCTIONS} | {
        part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }
    for part in parts:
        reason = _reason(part, names)
        if reason:
            yield reason


def _reason(part: ast.AST, names: set[str]) -> str:
    match part:
        case ast.Name(id=name) if name not in names:
            reason = f"it knows no {name!r}; data is read with context.get({name!r})."
        case ast.Attribute(value=ast.Name(id="context"), attr=name) if name not in READABLE:
            reason = f"context.{name} cannot be read in a condition."
        case ast.Attribute(attr=name) if name not in READABLE.union(*METHODS.values()):
            reason = f".{name} cannot be used in a condition."
        case ast.Call(func=ast.Name(id=name)) if name not in FUNCTIONS:
            reason = f"{name} is not a function."
        case ast.Call(func=function) if not isinstance(function, ast.Name | ast.Attribute):
            reason = "only named functions can be called."
        case ast.keyword(arg=None):
            reason = "unpacking cannot be used in a condition."
        case ast.operator() | ast.unaryop() | ast.cmpop() if type(part) not in OPERATORS:
            reason = "it uses an operator that cannot be used in a condition."
        case _:
            word = FORBIDDEN.get(type(part))
            reason = f"{word} cannot be used in a condition." if word else ""
    return reason


def _power(base: Any, exponent: Any) -> Any:
    if abs(base) > MAX_BASE or abs(exponent) > MAX_POWER:
        raise ValueError(f"{base} to the power of {exponent} is too large")
    return base**exponent


def _rest(number: Any, divisor: Any) -> Any:
    # Between texts the same sign means formatting, which can make them as long as memory.
    if isinstance(number, str | bytes):
        raise TypeError("% divides numbers only")
    return number % divisor


OPERATORS: Final[dict[type[ast.AST], Callable[..., Any]]] = {
    ast.Add: safe_add,
    ast.Sub: operator.sub,
    ast.Mult: safe_mult,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: _rest,
    ast.Pow: _power,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.LtE: operator.le,
    ast.Not: operator.not_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.In: lambda item, items: item in items,
    ast.NotIn: lambda item, items: item not in items,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}

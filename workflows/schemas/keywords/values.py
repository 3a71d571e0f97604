"""Keywords about any value: its type, and which ones there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workflows.schemas.evaluation import ANY, Maker, Node, Rule, Run, Way
from workflows.schemas.numbers import Number, is_whole
from workflows.schemas.sameness import same


def _is_number(value: Any) -> bool:
    return isinstance(value, Number) and not isinstance(value, bool)


TYPES: Final[dict[str, Callable[[Any], bool]]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: _is_number(value) and is_whole(value),
    "number": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def _type(node: Node, limit: Any) -> Rule:
    names = [limit] if isinstance(limit, str) else limit
    tests = [TYPES[name] for name in names]
    fits = tests[0] if len(tests) == 1 else lambda value: any(test(value) for test in tests)

    def rule(value: Any, way: Way, run: Run) -> None:
        if not fits(value):
            run.tell(node.broken("type", value, way))

    return rule


def _enum(node: Node, limit: Any) -> Rule:
    known = {same(value) for value in limit}

    def rule(value: Any, way: Way, run: Run) -> None:
        if _key(value, run) not in known:
            run.tell(node.broken("enum", value, way))

    return rule


def _const(node: Node, limit: Any) -> Rule:
    wanted = same(limit)

    def rule(value: Any, way: Way, run: Run) -> None:
        if _key(value, run) != wanted:
            run.tell(node.broken("const", value, way))

    return rule


def _key(value: Any, run: Run) -> Any:
    return value if type(value) is str else same(value, run.spend)


MAKERS: Final[dict[str, tuple[str, Maker]]] = {
    "type": (ANY, _type),
    "enum": (ANY, _enum),
    "const": (ANY, _const),
}

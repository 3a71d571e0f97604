"""Keywords about texts."""

from __future__ import annotations

from typing import Any, Final

from workflows.schemas.evaluation import CHARACTERS, Maker, Node, Rule, Run, Way
from workflows.schemas.formats import CHECKS
from workflows.schemas.patterns import compile_pattern


def _shortest(node: Node, limit: int) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
        if len(value) < limit:
            run.tell(node.broken("minLength", value, way))

    return rule


def _longest(node: Node, limit: int) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
        if len(value) > limit:
            run.tell(node.broken("maxLength", value, way))

    return rule


def _pattern(node: Node, pattern: str) -> Rule:
    compiled = compile_pattern(pattern)

    def rule(value: Any, way: Way, run: Run) -> None:
        run.spend(len(value) // CHARACTERS)
        if not compiled.is_in(value):
            run.tell(node.broken("pattern", value, way))

    return rule


def _format(node: Node, name: Any) -> Rule:
    check = CHECKS.get(name) if isinstance(name, str) else None

    def rule(value: Any, way: Way, run: Run) -> None:
        run.spend(len(value) // CHARACTERS)
        if check is not None and not check(value):
            run.tell(node.broken("format", value, way))

    return rule


MAKERS: Final[dict[str, tuple[str, Maker]]] = {
    "minLength": ("string", _shortest),
    "maxLength": ("string", _longest),
    "pattern": ("string", _pattern),
    "format": ("string", _format),
}

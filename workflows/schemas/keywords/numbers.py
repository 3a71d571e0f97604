"""Keywords about numbers, which are compared and divided exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workflows.schemas.evaluation import Maker, Node, Rule, Run, Way
from workflows.schemas.numbers import Number, compare, is_multiple


def _bound(keyword: str, fits: Callable[[int], bool]) -> tuple[str, Maker]:
    def maker(node: Node, limit: Number) -> Rule:
        def rule(value: Any, way: Way, run: Run) -> None:
            if not fits(compare(value, limit)):
                run.tell(node.broken(keyword, value, way))

        return rule

    return "number", maker


def _multiple_of(node: Node, step: Number) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
        if not is_multiple(value, step):
            run.tell(node.broken("multipleOf", value, way))

    return rule


MAKERS: Final[dict[str, tuple[str, Maker]]] = {
    "minimum": _bound("minimum", lambda order: order >= 0),
    "maximum": _bound("maximum", lambda order: order <= 0),
    "exclusiveMinimum": _bound("exclusiveMinimum", lambda order: order > 0),
    "exclusiveMaximum": _bound("exclusiveMaximum", lambda order: order < 0),
    "multipleOf": ("number", _multiple_of),
}

"""Keywords about lists."""

from __future__ import annotations

from typing import Any, Final

from workflows.schemas.evaluation import Maker, Node, Rule, Run, Way
from workflows.schemas.sameness import same


def _prefix_items(node: Node, _limit: Any) -> Rule:
    parts = node.inner_list("prefixItems")

    def rule(value: Any, way: Way, run: Run) -> None:
        for number, (item, part) in enumerate(zip(value, parts, strict=False)):
            part.check(item, (*way, number), run)

    return rule


def _items(node: Node, limit: Any) -> Rule:
    part = node.inner(limit)
    start = len(node.keywords.get("prefixItems", ()))

    def rule(value: Any, way: Way, run: Run) -> None:
        if limit is False and len(value) > start:
            run.tell(node.broken("items", value, way))
        else:
            for number in range(start, len(value)):
                part.check(value[number], (*way, number), run)

    return rule


def _contains(node: Node, limit: Any) -> Rule:
    part = node.inner(limit)
    fewest = node.keywords.get("minContains", 1)
    most = node.keywords.get("maxContains")

    def rule(value: Any, way: Way, run: Run) -> None:
        count = sum(run.fits(part, item) for item in value)
        if count < fewest:
            run.tell(node.broken("contains" if fewest == 1 else "minContains", value, way))
        elif most is not None and count > most:
            run.tell(node.broken("maxContains", value, way))

    return rule


def _fewest(node: Node, limit: int) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
        if len(value) < limit:
            run.tell(node.broken("minItems", value, way))

    return rule


def _most(node: Node, limit: int) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
        if len(value) > limit:
            run.tell(node.broken("maxItems", value, way))

    return rule


def _unique(node: Node, limit: bool) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
        if limit and len({same(item, run.spend) for item in value}) < len(value):
            run.tell(node.broken("uniqueItems", value, way))

    return rule


MAKERS: Final[dict[str, tuple[str, Maker]]] = {
    "prefixItems": ("array", _prefix_items),
    "items": ("array", _items),
    "contains": ("array", _contains),
    "minItems": ("array", _fewest),
    "maxItems": ("array", _most),
    "uniqueItems": ("array", _unique),
}

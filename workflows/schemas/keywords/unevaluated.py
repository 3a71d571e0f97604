"""Keywords about what no other keyword, here or in a part that holds, has spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from workflows.schemas.evaluation import NAMES, Maker, Node, Rule, Run, Way
from workflows.schemas.keywords.objects import extra_names, matched_names
from workflows.schemas.keywords.parts import reference


def _properties(node: Node, limit: Any) -> Rule:
    part = node.inner(limit)

    def rule(value: Any, way: Way, run: Run) -> None:
        spoken: set[str] = set()
        for other in _holding(node, value, run):
            spoken |= _names(other, value, run, is_inner=other is not node)
        left = [name for name in value if name not in spoken]
        if limit is False:
            if left:
                run.tell(node.broken("unevaluatedProperties", value, way, left))
        else:
            for name in left:
                part.check(value[name], (*way, name), run)

    return rule


def _items(node: Node, limit: Any) -> Rule:
    part = node.inner(limit)

    def rule(value: Any, way: Way, run: Run) -> None:
        spoken: set[int] = set()
        for other in _holding(node, value, run):
            spoken |= _numbers(other, value, run, is_inner=other is not node)
        left = [number for number in range(len(value)) if number not in spoken]
        if limit is False:
            if left:
                run.tell(node.broken("unevaluatedItems", value, way))
        else:
            for number in left:
                part.check(value[number], (*way, number), run)

    return rule


def _holding(node: Node, value: Any, run: Run) -> Iterator[Node]:
    """Yield the schema and every part of it that is about the same value, and holds for it."""
    run.spend()
    yield node
    for part in _parts(node, value, run):
        yield from _holding(part, value, run)


def _parts(node: Node, value: Any, run: Run) -> Iterator[Node]:
    for keyword in ("$ref", "$dynamicRef"):
        if keyword in node.keywords:
            yield reference(node, keyword, (*run.scope, node.resource))
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from (part for part in node.inner_list(keyword) if run.fits(part, value))
    if "if" in node.keywords:
        condition = node.inner(node.keywords["if"])
        holds = run.fits(condition, value)
        if holds:
            yield condition
        yield node.inner(node.keywords.get("then" if holds else "else", True))
    if isinstance(value, dict):
        parts = node.inner_map("dependentSchemas")
        yield from (part for name, part in parts.items() if name in value)


def _names(node: Node, value: dict[str, Any], run: Run, *, is_inner: bool) -> set[str]:
    """Give the names that the keywords of this very schema speak of."""
    keywords = node.keywords
    if is_inner and "unevaluatedProperties" in keywords:
        return set(value)
    names = matched_names(node, value, run)
    names |= keywords.get("properties", {}).keys() & value.keys()
    if "additionalProperties" in keywords:
        names |= set(extra_names(node, value, run))
    return names


def _numbers(node: Node, value: list[Any], run: Run, *, is_inner: bool) -> set[int]:
    """Give the numbers of the items that the keywords of this very schema speak of."""
    keywords = node.keywords
    run.spend(len(value) // NAMES)
    if "items" in keywords or (is_inner and "unevaluatedItems" in keywords):
        return set(range(len(value)))
    numbers = set(range(len(keywords.get("prefixItems", ()))))
    if "contains" in keywords:
        part = node.inner(keywords["contains"])
        numbers |= {number for number, item in enumerate(value) if run.fits(part, item)}
    return numbers


MAKERS: Final[dict[str, tuple[str, Maker]]] = {
    "unevaluatedProperties": ("object", _properties),
    "unevaluatedItems": ("array", _items),
}

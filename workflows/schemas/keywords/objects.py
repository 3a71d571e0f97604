"""Keywords about objects and their names."""

from __future__ import annotations

from typing import Any, Final

from workflows.schemas.evaluation import CHARACTERS, NAMES, Broken, Maker, Node, Rule, Run, Way

SEARCH: Final = 5
"""How much work it is to search a short text."""


def _properties(node: Node, _limit: Any) -> Rule:
    parts = node.inner_map("properties")

    def rule(value: Any, way: Way, run: Run) -> None:
        # Whichever has fewer: many objects may have few of many properties.
        for name in parts if len(parts) <= len(value) else list(value):
            if name in value and name in parts:
                parts[name].check(value[name], (*way, name), run)

    return rule


def _pattern_properties(node: Node, _limit: Any) -> Rule:
    parts = list(node.inner_map("patternProperties").values())

    def rule(value: Any, way: Way, run: Run) -> None:
        for pattern, part in zip(node.patterns, parts, strict=True):
            for name, inner in value.items():
                run.spend(SEARCH + len(name) // CHARACTERS)
                if pattern.is_in(name):
                    part.check(inner, (*way, name), run)

    return rule


def _additional_properties(node: Node, limit: Any) -> Rule:
    part = node.inner(limit)

    def rule(value: Any, way: Way, run: Run) -> None:
        extra = extra_names(node, value, run)
        if limit is False:
            if extra:
                run.tell(node.broken("additionalProperties", value, way, extra))
        else:
            for name in extra:
                part.check(value[name], (*way, name), run)

    return rule


def extra_names(node: Node, value: dict[str, Any], run: Run) -> list[str]:
    """Give the names that neither `properties` nor `patternProperties` speak of."""
    known, matched = node.keywords.get("properties", {}), matched_names(node, value, run)
    return [name for name in value if name not in known and name not in matched]


def matched_names(node: Node, value: dict[str, Any], run: Run) -> set[str]:
    """Give the names that `patternProperties` speaks of."""
    run.spend(len(value) // NAMES)
    found: set[str] = set()
    for name in value if node.patterns else ():
        run.spend(len(node.patterns) * (SEARCH + len(name) // CHARACTERS))
        if any(pattern.is_in(name) for pattern in node.patterns):
            found.add(name)
    return found


def _property_names(node: Node, limit: Any) -> Rule:
    part = node.inner(limit)

    def rule(value: Any, way: Way, run: Run) -> None:
        for name in value:
            faults = run.faults(part, name, ())
            if faults:
                broken = Broken("propertyNames", limit, name, node.schema, (*way, name), [faults])
                run.tell(broken)

    return rule


def _required(node: Node, limit: list[str]) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
        run.spend(len(limit) // NAMES)
        for name in limit:
            if name not in value:
                run.tell(node.broken("required", value, (*way, name)))

    return rule


def _dependent_required(node: Node, limit: dict[str, list[str]]) -> Rule:
    size = sum(1 + len(names) for names in limit.values()) // NAMES

    def rule(value: Any, way: Way, run: Run) -> None:
        run.spend(size)
        wanted = [name for key, names in limit.items() if key in value for name in names]
        for name in dict.fromkeys(wanted):
            if name not in value:
                run.tell(node.broken("dependentRequired", value, (*way, name)))

    return rule


def _fewest(node: Node, limit: int) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
        if len(value) < limit:
            run.tell(node.broken("minProperties", value, way))

    return rule


def _most(node: Node, limit: int) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
        if len(value) > limit:
            run.tell(node.broken("maxProperties", value, way))

    return rule


MAKERS: Final[dict[str, tuple[str, Maker]]] = {
    "properties": ("object", _properties),
    "patternProperties": ("object", _pattern_properties),
    "additionalProperties": ("object", _additional_properties),
    "propertyNames": ("object", _property_names),
    "required": ("object", _required),
    "dependentRequired": ("object", _dependent_required),
    "minProperties": ("object", _fewest),
    "maxProperties": ("object", _most),
}

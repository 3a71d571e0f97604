"""Keywords about objects and their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workflows.schemas.evaluation import Broken, Maker, Node, Rule, Run, Way
from workflows.schemas.patterns import any_found_in, found_in


def _properties(node: Node, _limit: Any) -> Rule:
    parts = node.inner_map("properties")

    def rule(value: Any, way: Way, run: Run) -> None:
        for name, part in parts.items():
            if name in value:
                part.check(value[name], (*way, name), run)

    return rule


def _pattern_properties(node: Node, _limit: Any) -> Rule:
    parts = node.inner_map("patternProperties")

    def rule(value: Any, way: Way, run: Run) -> None:
        for pattern, part in parts.items():
            for name, inner in value.items():
                run.spend()
                if found_in(pattern, name):
                    part.check(inner, (*way, name), run)

    return rule


def _additional_properties(node: Node, limit: Any) -> Rule:
    part = node.inner(limit)

    def rule(value: Any, way: Way, run: Run) -> None:
        extra = extra_names(node.keywords, value)
        if limit is False:
            if extra:
                run.tell(node.broken("additionalProperties", value, way, extra))
        else:
            for name in extra:
                part.check(value[name], (*way, name), run)

    return rule


def extra_names(keywords: Mapping[str, Any], value: dict[str, Any]) -> list[str]:
    """Give the names that neither `properties` nor `patternProperties` speak of."""
    known, patterns = keywords.get("properties", {}), keywords.get("patternProperties", {})
    return [name for name in value if name not in known and not any_found_in(patterns, name)]


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
        for name in limit:
            if name not in value:
                run.tell(node.broken("required", value, (*way, name)))

    return rule


def _dependent_required(node: Node, limit: dict[str, list[str]]) -> Rule:
    def rule(value: Any, way: Way, run: Run) -> None:
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

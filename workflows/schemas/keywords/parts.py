"""Keywords that put other schemas to work on the same value."""

from __future__ import annotations

from typing import Any, Final

from workflows.schemas.evaluation import ANY, NAMES, Maker, Node, Rule, Run, Way


def reference(node: Node, keyword: str, scope: tuple[int, ...]) -> Node:
    """Give the schema that a reference leads to, from where the run has come by."""
    place = node.place.target(keyword)
    if place is None:
        raise LookupError(keyword)
    target = node.program.node(place.schema, place)
    name = target.keywords.get("$dynamicAnchor")
    # Only a reference by that very name may lead to a namesake further out.
    if keyword == "$dynamicRef" and name and node.keywords[keyword].endswith(f"#{name}"):
        target = node.program.dynamic(name, scope) or target
    return target


def _ref(node: Node, _limit: str) -> Rule:
    target = reference(node, "$ref", ())

    def rule(value: Any, way: Way, run: Run) -> None:
        target.check(value, way, run)

    return rule


def _dynamic_ref(node: Node, _limit: str) -> Rule:
    known: dict[tuple[int, ...], Node] = {}

    def rule(value: Any, way: Way, run: Run) -> None:
        scope = tuple(dict.fromkeys(run.scope))
        if scope not in known:
            known[scope] = reference(node, "$dynamicRef", scope)
        known[scope].check(value, way, run)

    return rule


def _all_of(node: Node, _limit: Any) -> Rule:
    parts = node.inner_list("allOf")

    def rule(value: Any, way: Way, run: Run) -> None:
        for part in parts:
            part.check(value, way, run)

    return rule


def _any_of(node: Node, _limit: Any) -> Rule:
    parts = node.inner_list("anyOf")

    def rule(value: Any, way: Way, run: Run) -> None:
        broken = node.broken("anyOf", value, way)
        for part in parts:
            faults = run.faults(part, value, way)
            if not faults:
                return
            broken.told.append(faults)
        run.tell(broken)

    return rule


def _one_of(node: Node, _limit: Any) -> Rule:
    parts = node.inner_list("oneOf")

    def rule(value: Any, way: Way, run: Run) -> None:
        told = [run.faults(part, value, way) for part in parts]
        if told.count([]) != 1:
            broken = node.broken("oneOf", value, way)
            broken.told = told
            run.tell(broken)

    return rule


def _not(node: Node, limit: Any) -> Rule:
    part = node.inner(limit)

    def rule(value: Any, way: Way, run: Run) -> None:
        if run.fits(part, value):
            run.tell(node.broken("not", value, way))

    return rule


def _if(node: Node, limit: Any) -> Rule:
    condition = node.inner(limit)
    then, otherwise = (node.inner(node.keywords.get(name, True)) for name in ("then", "else"))

    def rule(value: Any, way: Way, run: Run) -> None:
        (then if run.fits(condition, value) else otherwise).check(value, way, run)

    return rule


def _dependent_schemas(node: Node, _limit: Any) -> Rule:
    parts = node.inner_map("dependentSchemas")

    def rule(value: Any, way: Way, run: Run) -> None:
        run.spend(len(parts) // NAMES)
        for name, part in parts.items():
            if name in value:
                part.check(value, way, run)

    return rule


MAKERS: Final[dict[str, tuple[str, Maker]]] = {
    "$ref": (ANY, _ref),
    "$dynamicRef": (ANY, _dynamic_ref),
    "allOf": (ANY, _all_of),
    "anyOf": (ANY, _any_of),
    "oneOf": (ANY, _one_of),
    "not": (ANY, _not),
    "if": (ANY, _if),
    "dependentSchemas": ("object", _dependent_schemas),
}

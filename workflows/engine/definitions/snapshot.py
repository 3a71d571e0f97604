"""A definition as plain data: what is stored per version, so that it can be shown for ever."""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final

from workflows.definition.definition import WorkflowDefinition
from workflows.definition.graph import Node
from workflows.engine.definitions.outcomes import find_outcomes
from workflows.schemas import declared_properties
from workflows.steps import BaseHumanStep
from workflows.steps.groups import ForEachGroup

FORM: Final = (
    *("form_schema", "ui_schema", "outcomes", "outcome_field", "reason_field"),
    *("start_schema", "start_ui_schema"),
)
"""What decides how a form looks, and what pressing one of its buttons means."""


@dataclass(frozen=True)
class Description:
    """A definition's content and the fingerprint of its structure."""

    content: dict[str, Any]
    fingerprint: str
    _forms: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def nodes(self) -> dict[str, dict[str, Any]]:
        """Give the steps by their paths."""
        return {node["path"]: node for node in self.content["nodes"]}

    def form_fingerprint(self, path: str) -> str:
        """Give the fingerprint of a step's form; worked out once for code."""
        if path not in self._forms:
            self._forms[path] = form_fingerprint(self.nodes.get(path, {}))
        return self._forms[path]


@lru_cache(maxsize=1_000)
def describe_definition(definition: WorkflowDefinition) -> Description:
    """Give the definition as plain data; computed once, since definitions never change."""
    content = content_of(definition)
    return Description(content, fingerprint(content))


def content_of(definition: WorkflowDefinition) -> dict[str, Any]:
    """Graph, schemas and texts of a definition as JSON."""
    graph = definition.graph
    return {
        "label": definition.label,
        "description": definition.description,
        "initial": graph.initial,
        "terminal": sorted(graph.terminal),
        "visible_data": visible_names(definition),
        "start_schema": definition.start_schema,
        # Only where there is one: what was stored before it was kept stays the same.
        **({"start_ui_schema": look} if (look := definition.start_ui_schema) else {}),
        "nodes": [_node(node) for node in graph.nodes.values()],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "label": edge.label,
                "condition": condition_text(edge.condition),
            }
            for edge in graph.edges
        ],
    }


def visible_names(definition: WorkflowDefinition) -> list[str]:
    """Names of the data that reviewers of the workflow see by default, in order."""
    if definition.visible_data is not None:
        return list(definition.visible_data)
    declared = declared_properties(definition.start_schema or {})
    listed = list((definition.start_schema or {}).get("properties", {}))
    return listed + sorted(declared - set(listed))


def _node(node: Node) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "path": node.path,
        "label": node.label,
        "kind": str(node.kind),
        "group": type(node.step).__name__ if node.children else "",
        "parent": node.parent,
    }
    if isinstance(node.step, BaseHumanStep):
        shown |= _form(node.step)
    if isinstance(node.step, ForEachGroup):
        shown |= _items(node.step)
    return shown


def _items(group: ForEachGroup) -> dict[str, Any]:
    """Give which data the items are, and what they are called, as far as the author says it."""
    said = {"items": _name_read(group.items), "item_label": group.label}
    return {name: text for name, text in said.items() if text}


def _name_read(expression: Any) -> str:
    """Give the name of the data that an expression like `context.get('cities')` stands for."""
    if not isinstance(expression, str):
        return ""
    try:
        match ast.parse(expression.strip(), mode="eval").body:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="context"), attr="get"),
                args=[ast.Constant(value=str() as name), *_],
            ):
                return name
            case ast.Subscript(
                value=ast.Attribute(value=ast.Name(id="context"), attr="data"),
                slice=ast.Constant(value=str() as name),
            ):
                return name
    except SyntaxError:
        return ""
    return ""


def _form(step: BaseHumanStep) -> dict[str, Any]:
    outcomes = find_outcomes(step)
    return {
        "form_schema": step.form_schema,
        "ui_schema": step.ui_schema,
        "visible_data": None if step.visible_data is None else list(step.visible_data),
        "row_fields": list(step.row_fields),
        "reason_field": outcomes.reason_field if outcomes else "",
        "outcome_field": outcomes.field if outcomes else "",
        "outcomes": [
            {
                "value": choice.value,
                "label": choice.label,
                "tone": choice.tone,
                "requires_reason": choice.requires_reason,
            }
            for choice in (outcomes.choices if outcomes else ())
        ],
        # Only where it is so: what was stored before there were such steps stays the same.
        **({"high_risk": True} if step.high_risk else {}),
    }


def condition_text(condition: Any) -> str:
    """Give a condition for people and for comparing: an expression, or a callable's name."""
    if condition is None:
        return ""
    if isinstance(condition, str):
        return condition
    return str(getattr(condition, "__qualname__", type(condition).__qualname__))


def form_fingerprint(said: dict[str, Any]) -> str:
    """Give a short text that is another one for a form that looks or means anything else.

    It is compared and proves nothing. The order of names does not count, as not every database
    keeps it.
    """
    text = json.dumps([said.get(name) for name in FORM], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 of the graph's structure: steps, kinds, groups and edges, without texts."""
    structure = {
        "initial": content["initial"],
        "terminal": content["terminal"],
        "nodes": [
            [node["path"], node["kind"], node["group"], node["parent"]] for node in content["nodes"]
        ],
        "edges": [[edge["source"], edge["target"], edge["condition"]] for edge in content["edges"]],
    }
    return hashlib.sha256(json.dumps(structure, sort_keys=True).encode()).hexdigest()

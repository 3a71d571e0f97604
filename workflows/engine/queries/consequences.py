"""Where each decision leads, read from the graph; no step's code is called for it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from workflows.context import WorkflowContext
from workflows.definition.expressions import evaluate, reason_against
from workflows.engine.definitions.current import current
from workflows.engine.queries.visible_data import outcome_key
from workflows.models.tasks import HumanTask


@dataclass(frozen=True)
class Lead:
    """A step that a decision leads to; `is_certain` unless that depends on something else."""

    label: str
    is_certain: bool


def leads_of(task: HumanTask) -> dict[str, list[Lead]]:
    """Give what follows from each outcome, by its key in the form; nothing inside groups.

    A decision after which no edge is left leads to no step: the branch ends there.
    """
    described = current(task.instance.definition)
    content, node = described.content, described.nodes.get(task.step)
    labels = {path: found["label"] for path, found in described.nodes.items()}
    if node is None or node["parent"] is not None:
        return {}
    edges = [edge for edge in content["edges"] if edge["source"] == task.step]
    field = node.get("outcome_field", "")
    return {
        outcome_key(choice["value"]): [
            Lead(labels.get(edge["target"], edge["target"]), holds is True)
            for edge in edges
            if (holds := _holds(edge["condition"], field, choice["value"])) is not False
        ]
        for choice in node.get("outcomes", ())
    }


def _holds(condition: str, field: str, value: Any) -> bool | None:
    """Tell whether an edge is taken; None where its condition asks for more than the outcome."""
    if not condition:
        return True
    if reason_against(condition) or not _asks_only_for(condition, field):
        return None
    context = WorkflowContext(workflow_id="", instance_id="", data={field: value})
    try:
        return bool(evaluate(condition, context))
    except Exception:  # noqa: BLE001 - whatever a condition raises, it will say when it is asked
        return None


def _asks_only_for(condition: str, field: str) -> bool:
    """Whether all that an expression reads of the context is `context.get(field)`."""
    tree = ast.parse(condition.strip(), mode="eval")
    read = sum(isinstance(part, ast.Name) and part.id == "context" for part in ast.walk(tree))
    asked = sum(_asks_for(part, field) for part in ast.walk(tree))
    return read == asked


def _asks_for(part: ast.AST, field: str) -> bool:
    return (
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and isinstance(part.func.value, ast.Name)
        and part.func.attr == "get"
        and bool(part.args)
        and isinstance(part.args[0], ast.Constant)
        and part.args[0].value == field
    )

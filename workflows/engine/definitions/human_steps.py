"""The human step behind a task, as its workflow's code has it."""

from __future__ import annotations

from workflows.definition.definition import WorkflowDefinition
from workflows.exceptions import UnknownStep
from workflows.steps.human import BaseHumanStep


def human_step(definition: WorkflowDefinition, path: str) -> BaseHumanStep:
    """Give the human step at `path`; raises UnknownStep where there is another kind, or none."""
    node = definition.graph.nodes.get(path)
    if node is None or not isinstance(node.step, BaseHumanStep):
        raise UnknownStep(f"{definition.label} has no human step {path!r}.")
    return node.step

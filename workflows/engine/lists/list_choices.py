"""The workflows and human steps that a list can be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.registry import registry
from workflows.steps.base import StepType


@dataclass(frozen=True)
class WorkflowChoice:
    """A workflow and those of its steps that ask people: paths with labels."""

    name: str
    label: str
    steps: tuple[tuple[str, str], ...]


def workflow_choices() -> list[WorkflowChoice]:
    """Give what the newest versions of all workflows have, by label."""
    found = [
        WorkflowChoice(
            definition.name,
            definition.label,
            tuple(
                (path, node.label)
                for path, node in definition.graph.nodes.items()
                if node.kind is StepType.HUMAN
            ),
        )
        for definition in registry.latest()
    ]
    return sorted((one for one in found if one.steps), key=lambda one: one.label)

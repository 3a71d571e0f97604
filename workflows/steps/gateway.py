"""Gateways: the places where a workflow chooses its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from workflows.context import WorkflowContext
from workflows.steps.base import Answer, Step, StepType


class BaseGateway(Step):
    """A decision point: `evaluate` names the next step, or several to take at once."""

    step_type: ClassVar[StepType] = StepType.GATEWAY

    def evaluate(self, context: WorkflowContext) -> Answer[str | Sequence[str]]:
        """Return the key of the next step, or a list of keys; each a target of an edge."""
        raise NotImplementedError(f"{type(self).__name__} has no evaluate() method.")

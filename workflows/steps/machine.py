"""Machine steps: work that a worker does by itself."""

from __future__ import annotations

from workflows.steps.base import Step


class BaseMachineStep(Step):
    """Work without a person: override `execute`, and the other lifecycle methods as needed."""

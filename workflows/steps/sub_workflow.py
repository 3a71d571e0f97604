"""Sub-workflows: steps that start another workflow and wait for its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeAlias

from workflows.context import WorkflowContext
from workflows.steps.base import Answer, Step, StepType

FirstData: TypeAlias = str | Mapping[str, Any] | Callable[[WorkflowContext], Answer[Any]]
"""A mapping, or an expression over `context` or a callable that gives one."""
ChildResult: TypeAlias = str | Callable[[WorkflowContext], Answer[Any]]
"""An expression over the ended workflow's `context`, or a callable that gets it."""


class SubWorkflow(Step):
    """Start another workflow as an instance of its own, and go on when that has ended.

    Args:
        workflow: its name.
        version: which version; default: the newest when the step is reached.
        data: what it starts with; default: what its `start_schema` declares and this instance has.
        result: the step's result, asked of the ended instance's context; default: all its data.
    """

    step_type: ClassVar[StepType] = StepType.WORKFLOW

    def __init__(
        self,
        workflow: str,
        *,
        version: str | None = None,
        data: FirstData | None = None,
        result: ChildResult | None = None,
        name: str = "",
    ) -> None:
        self.workflow = workflow
        self.version = version
        self.data = data
        self.result = result
        if name:
            self.name = name

"""Work: a claimed execution with the snapshot that its step's code runs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workflows.context import WorkflowContext
from workflows.definition.definition import WorkflowDefinition
from workflows.definition.graph import Node
from workflows.engine.work.places import Places
from workflows.models.instances import WorkflowInstance
from workflows.models.step_executions import ATTACHED, Phase, StepExecution
from workflows.steps.base import Retry, Step


@dataclass(frozen=True)
class ChildEnd:
    """How one child of a group has ended, and the place of its item where it has one."""

    path: str
    status: str
    result: Any
    position: int | None = None


@dataclass(frozen=True)
class Limit:
    """How many executions of a class of steps may run at once."""

    key: str
    places: int


@dataclass
class Work:
    """One claimed execution, ready to run."""

    execution: StepExecution
    instance: WorkflowInstance
    definition: WorkflowDefinition
    context: WorkflowContext
    children: tuple[ChildEnd, ...] = ()
    places: Places = ()
    """Of a task that is to be opened: which item it is about, on each level."""
    is_alone: bool = False
    """Whether nothing else of the instance was active when this began."""
    deadline: float | None = None
    """While its code runs: when that is to be over, by the monotonic clock."""

    @property
    def execution_id(self) -> int:
        return int(self.execution.id)

    @property
    def instance_id(self) -> Any:
        return self.execution.instance_id

    @property
    def fence(self) -> int:
        return self.execution.fence

    @property
    def crashes(self) -> int:
        return self.execution.crashes

    @property
    def node(self) -> Node:
        return self.definition.graph.nodes[self.execution.path]

    @property
    def step(self) -> Step:
        """The step whose code comes next: that of the node, or its callback."""
        callback: Step | None = getattr(self.node.step, "callback", None)
        leaving = self.execution.phase == Phase.LEAVE
        return callback if leaving and callback is not None else self.node.step

    @cached_property
    def limit(self) -> Limit | None:
        """The limit on how many of the machine step whose code comes next run at once."""
        if self.execution.kind in ATTACHED or self.instance.suspended_at is not None:
            return None
        step = self.step
        if step.max_concurrency is None:
            return None
        kind = type(step)
        return Limit(f"{kind.__module__}.{kind.__qualname__}", step.max_concurrency)

    @property
    def retry(self) -> Retry:
        """The retry policy of the code that comes next: the step's, or its callback's."""
        return self.step.retry

    @property
    def is_last_attempt(self) -> bool:
        return self.execution.attempt + 1 >= self.retry.max_attempts

    @property
    def keeps_data_apart(self) -> bool:
        """Whether a submission here is a result only (inside a parallel or race group)."""
        nodes: Mapping[str, Node] = self.definition.graph.nodes
        parent = self.node.parent
        while parent is not None:
            if nodes[parent].keeps_data_apart:
                return True
            parent = nodes[parent].parent
        return False

"""The workflows that are measured: chains of steps that do nothing, or a little."""

from __future__ import annotations

import itertools
import os

from workflows import BaseMachineStep, Edge, WorkflowContext, WorkflowDefinition, register
from workflows.steps.base import Step

STEPS = int(os.environ.get("BENCHMARK_STEPS", "10"))
"""How long the chains are."""


class Nothing(BaseMachineStep):
    """Does nothing, in a coroutine."""

    async def execute(self, context: WorkflowContext) -> int:
        return 1


def chain(name: str, kind: type[Step]) -> WorkflowDefinition:
    """Give a workflow of that many steps of one kind, one after the other."""
    keys = [f"step_{number}" for number in range(1, STEPS + 1)]
    return WorkflowDefinition(
        name=name,
        version="1",
        description="Steps of one kind, one after the other.",
        steps={key: kind() for key in keys},
        edges=[Edge(before, after) for before, after in itertools.pairwise(keys)],
        initial_step=keys[0],
        terminal_steps={keys[-1]},
    )


register(chain("nothing", Nothing))

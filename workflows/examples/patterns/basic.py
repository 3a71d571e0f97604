"""Patterns 1 to 5: how steps follow each other, side by side or one instead of the other."""

from __future__ import annotations

from workflows import BaseGateway, Edge, WorkflowContext, WorkflowDefinition
from workflows.examples.patterns.steps import Event, Work


class BySize(BaseGateway):
    """Sends large amounts one way and small ones the other."""

    def evaluate(self, context: WorkflowContext) -> str:
        """Name the one step that comes next."""
        return "large" if context.get("amount", 0) > 1_000 else "small"


sequence = WorkflowDefinition(
    name="pattern_sequence",
    description="A step starts when the one before it has ended.",
    steps={"receive": Work(), "check": Work(), "answer": Work()},
    edges=[Edge("receive", "check"), Edge("check", "answer")],
)

parallel_split = WorkflowDefinition(
    name="pattern_parallel_split",
    description="Several edges without a condition are all taken.",
    steps={"order": Work(), "pack": Event(), "bill": Event()},
    edges=[Edge("order", "pack"), Edge("order", "bill")],
)

synchronisation = WorkflowDefinition(
    name="pattern_synchronisation",
    description="A step with several edges in waits for every branch that can still come.",
    steps={"order": Work(), "pack": Event(), "bill": Event(), "ship": Work()},
    edges=[
        Edge("order", "pack"),
        Edge("order", "bill"),
        Edge("pack", "ship"),
        Edge("bill", "ship"),
    ],
)

exclusive_choice = WorkflowDefinition(
    name="pattern_exclusive_choice",
    description="A gateway names the one step that comes next.",
    steps={"size": BySize(), "small": Work(), "large": Work()},
    edges=[Edge("size", "small"), Edge("size", "large")],
)

simple_merge = WorkflowDefinition(
    name="pattern_simple_merge",
    description="Where only one branch can come, a step with several edges in does not wait.",
    steps={"size": BySize(), "small": Work(), "large": Work(), "pay": Work()},
    edges=[
        Edge("size", "small"),
        Edge("size", "large"),
        Edge("small", "pay"),
        Edge("large", "pay"),
    ],
)

"""Patterns 10 and 11: loops of any shape, and an end without an end step."""

from __future__ import annotations

from workflows import BaseGateway, Edge, WorkflowContext, WorkflowDefinition
from workflows.examples.patterns.steps import Event, Work


class Loop(BaseGateway):
    """The one step by which a loop is entered: it sends each arrival to where it belongs."""

    def evaluate(self, context: WorkflowContext) -> str:
        """Go in where the data says, around by the verdicts, and out at either end."""
        if context.visit == 1:
            return str(context.get("enter_at"))
        if context.previous_result == "write":
            return "check"
        checks = sum(record.step == "check" for record in context.step_history)
        ways = {"again": "write", "good": "publish", "bad": "drop"}
        return ways[context.get("verdicts")[checks - 1]]


arbitrary_cycles = WorkflowDefinition(
    name="pattern_arbitrary_cycles",
    description="A loop with two ways in and two ways out: all ways in come to the same gateway.",
    steps={
        "loop": Loop(),
        "write": Work(),
        "check": Work(),
        "publish": Work(),
        "drop": Work(),
    },
    edges=[
        *(Edge("loop", target) for target in ("write", "check", "publish", "drop")),
        Edge("write", "loop"),
        Edge("check", "loop"),
    ],
)

implicit_termination = WorkflowDefinition(
    name="pattern_implicit_termination",
    description="The instance is completed when nothing is left to do; no step says so.",
    steps={"begin": Work(), "short": Work(), "long": Event(), "after": Work()},
    edges=[Edge("begin", "short"), Edge("begin", "long"), Edge("long", "after")],
)

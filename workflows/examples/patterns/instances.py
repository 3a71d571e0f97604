"""Patterns 12 to 15: several instances of one step, their number known earlier or later."""

from __future__ import annotations

from workflows import (
    BaseGateway,
    Edge,
    ParallelGroup,
    WorkflowContext,
    WorkflowDefinition,
)
from workflows.examples.patterns.steps import Event, Person, Work


class AnotherOne(Person):
    """Asks whether there is another witness to hear."""

    form_schema = {
        "type": "object",
        "properties": {"decision": {"type": "string", "enum": ["another", "enough"]}},
        "required": ["decision"],
    }


class Hearings(BaseGateway):
    """Starts another hearing as long as there are witnesses, and goes on after the last of all."""

    def evaluate(self, context: WorkflowContext) -> str | list[str]:
        """Go on when this is the last arrival: all that was begun has come back."""
        if context.visit == 1 or context.previous_result == {"decision": "another"}:
            return ["hear", "ask"]
        begun = [record for record in context.step_history if record.step in ("hear", "ask")]
        enough = context.result_of("ask") == {"decision": "enough"}
        return "decide" if enough and context.visit == 1 + len(begun) else "noted"


without_synchronisation = WorkflowDefinition(
    name="pattern_instances_without_synchronisation",
    description="The runs are on a branch of their own, for which nothing waits.",
    steps={
        "begin": Work(),
        "inform": ParallelGroup.for_each("context.get('neighbours')", Event("answer")),
        "go_on": Work(),
    },
    edges=[Edge("begin", "inform"), Edge("begin", "go_on")],
)

known_at_design_time = WorkflowDefinition(
    name="pattern_instances_known_at_design_time",
    description="A parallel group names the step as often as it is to run.",
    steps={"sign": ParallelGroup(Event(), Event(), Event()), "file": Work()},
    edges=[Edge("sign", "file")],
)

known_at_run_time = WorkflowDefinition(
    name="pattern_instances_known_at_run_time",
    description="A group runs one step per item of a list that is there when it is reached.",
    steps={
        "lines": ParallelGroup.for_each("context.get('lines')", Event("delivered")),
        "bill": Work(),
    },
    edges=[Edge("lines", "bill")],
)

known_while_they_run = WorkflowDefinition(
    name="pattern_instances_known_while_they_run",
    description="A loop starts another run while others go on, and counts them all back in.",
    steps={
        "hearings": Hearings(),
        "hear": Event(),
        "ask": AnotherOne(),
        "noted": Work(),
        "decide": Work(),
    },
    edges=[
        *(Edge("hearings", target) for target in ("hear", "ask", "noted", "decide")),
        Edge("hear", "hearings"),
        Edge("ask", "hearings"),
    ],
)

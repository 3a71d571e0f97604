"""Patterns 6 to 9: several ways at once, and the ways in which they come together."""

from __future__ import annotations

from workflows import BaseGateway, Edge, WorkflowContext, WorkflowDefinition
from workflows.examples.patterns.steps import Event, Work

CLAIM = [
    Edge("claim", "medical", "context.get('injured')"),
    Edge("claim", "damage", "context.get('damaged')"),
]


class EachArrival(BaseGateway):
    """Splits when it is reached first, and lets every branch that comes back go on by itself."""

    def evaluate(self, context: WorkflowContext) -> str | list[str]:
        """Take both branches, then the step after them, once per branch."""
        return ["statement", "photos"] if context.visit == 1 else "file"


class FirstArrival(BaseGateway):
    """Splits when it is reached first; of the branches that come back only the first goes on."""

    def evaluate(self, context: WorkflowContext) -> str | list[str]:
        """Count the arrivals: visits are numbered in their order, also of two at once."""
        match context.visit:
            case 1:
                return ["north", "south", "west"]
            case 2:
                return "go_on"
            case _:
                return "ignore"


multi_choice = WorkflowDefinition(
    name="pattern_multi_choice",
    description="Every edge whose condition holds is taken.",
    steps={"claim": Work(), "medical": Work(), "damage": Work()},
    edges=CLAIM,
)

structured_synchronising_merge = WorkflowDefinition(
    name="pattern_structured_synchronising_merge",
    description="After a multi-choice the branches that were taken are waited for, and no others.",
    steps={"claim": Work(), "medical": Event(), "damage": Event(), "settle": Work()},
    edges=[*CLAIM, Edge("medical", "settle"), Edge("damage", "settle")],
)

multi_merge = WorkflowDefinition(
    name="pattern_multi_merge",
    description="Ways back to the step that has split never join: each is a visit of its own.",
    steps={"collect": EachArrival(), "statement": Event(), "photos": Event(), "file": Work()},
    edges=[
        Edge("collect", "statement"),
        Edge("collect", "photos"),
        Edge("statement", "collect"),
        Edge("photos", "collect"),
        Edge("collect", "file"),
    ],
)

structured_discriminator = WorkflowDefinition(
    name="pattern_structured_discriminator",
    description="The first of three to arrive lets the workflow go on; the others end unheeded.",
    steps={
        "ask_all": FirstArrival(),
        "north": Event(),
        "south": Event(),
        "west": Event(),
        "go_on": Work(),
        "ignore": Work(),
    },
    edges=[
        *(Edge("ask_all", place) for place in ("north", "south", "west", "go_on", "ignore")),
        *(Edge(place, "ask_all") for place in ("north", "south", "west")),
    ],
)

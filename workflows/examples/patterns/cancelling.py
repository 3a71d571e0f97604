"""Patterns 19 and 20: taking back one step, or everything."""

from __future__ import annotations

from workflows import Edge, RaceGroup, WorkflowDefinition
from workflows.examples.patterns.steps import Event, Person, Work

cancel_activity = WorkflowDefinition(
    name="pattern_cancel_activity",
    description="What may be called off races with the event that calls it off.",
    steps={
        "begin": Work(),
        "inspect": RaceGroup(Person("inspection"), Event("called_off")),
        "other": Person(),
        "close": Work(),
    },
    edges=[
        Edge("begin", "inspect"),
        Edge("begin", "other"),
        Edge("inspect", "close"),
        Edge("other", "close"),
    ],
)

cancel_case = WorkflowDefinition(
    name="pattern_cancel_case",
    description="The verb `cancel_workflow` ends all that is active at once.",
    steps={"begin": Work(), "inspect": Person(), "hear": Event(), "close": Work()},
    edges=[
        Edge("begin", "inspect"),
        Edge("begin", "hear"),
        Edge("inspect", "close"),
        Edge("hear", "close"),
    ],
)

"""Patterns 16 to 18: what happens next is not decided by data, but by what happens first."""

from __future__ import annotations

from workflows import BaseGateway, Edge, RaceGroup, WorkflowContext, WorkflowDefinition
from workflows.examples.patterns.steps import Day, Event, Person, Work


class ByWinner(BaseGateway):
    """Takes the way that belongs to the winner of the race before it."""

    def __init__(self, **ways: str) -> None:
        self.ways = ways

    def evaluate(self, context: WorkflowContext) -> str:
        """Look up the winner's way."""
        return self.ways[context.previous_result["winner"]]


class Station(Person):
    """A station of a visit to hospital: offered until it is done, some only after others."""

    def __init__(self, name: str, *, after: str = "") -> None:
        self.name, self.after = name, after

    def can_execute(self, context: WorkflowContext) -> bool:
        """Leave it out when it is done, or when its turn has not come."""
        done = stations_done(context)
        return self.name not in done and (not self.after or self.after in done)


class Remaining(BaseGateway):
    """Goes around until every station is done."""

    def evaluate(self, context: WorkflowContext) -> str:
        """Count the stations."""
        return "discharge" if len(stations_done(context)) == 3 else "stations"


def stations_done(context: WorkflowContext) -> set[str]:
    """Give the names of the stations that were done."""
    ended = (record for record in context.step_history if record.status == "succeeded")
    paths = (record.step.partition("/") for record in ended)
    return {name for group, _, name in paths if group == "stations" and name}


deferred_choice = WorkflowDefinition(
    name="pattern_deferred_choice",
    description="All events are waited for; the first decides, and the others are withdrawn.",
    steps={
        "wait": RaceGroup(Event("paid"), Day("too_late")),
        "by_event": ByWinner(paid="ship", too_late="cancel"),
        "ship": Work(),
        "cancel": Work(),
    },
    edges=[Edge("wait", "by_event"), Edge("by_event", "ship"), Edge("by_event", "cancel")],
)

interleaved_parallel_routing = WorkflowDefinition(
    name="pattern_interleaved_parallel_routing",
    description="What is left is offered at once; one is done, the others are offered anew.",
    steps={
        "stations": RaceGroup(Station("blood"), Station("x_ray"), Station("talk", after="x_ray")),
        "remaining": Remaining(),
        "discharge": Work(),
    },
    edges=[
        Edge("stations", "remaining"),
        Edge("remaining", "stations"),
        Edge("remaining", "discharge"),
    ],
)

milestone = WorkflowDefinition(
    name="pattern_milestone",
    description="Until the parcel has left, its address can be changed, any number of times.",
    steps={
        "packed": RaceGroup(Event("left"), Person("change_address")),
        "by_event": ByWinner(left="deliver", change_address="packed"),
        "deliver": Work(),
    },
    edges=[Edge("packed", "by_event"), Edge("by_event", "packed"), Edge("by_event", "deliver")],
)

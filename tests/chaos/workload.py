"""Workflows of every kind of step, nested, looping, waiting and failing, for chaos to strike."""

from __future__ import annotations

import itertools
import random
from typing import Any, Final

from tests.chaos.steps import (
    AsyncWork,
    Broken,
    Call,
    Doomed,
    Flaky,
    Gate,
    Nap,
    Pause,
    Review,
    Round,
    Unanswered,
    Ways,
    Work,
)
from workflows import (
    ConditionalGroup,
    Edge,
    ParallelGroup,
    RaceGroup,
    SequentialGroup,
    Step,
    SubWorkflow,
    WorkflowDefinition,
)


def chain(name: str, description: str, **steps: Step) -> WorkflowDefinition:
    """Give a workflow of steps one after another."""
    keys = list(steps)
    return WorkflowDefinition(
        name=name,
        version="1",
        description=description,
        steps=steps,
        edges=[Edge(one, other) for one, other in itertools.pairwise(keys)],
        initial_step=keys[0],
        terminal_steps={keys[-1]},
    )


machines = chain(
    "chaos_machines",
    "Machine steps: quick, flaky, doomed.",
    first=Work(),
    second=AsyncWork(),
    flaky=Flaky(),
    doomed=Doomed(),
    last=Work(),
)
loop = WorkflowDefinition(
    name="chaos_loop",
    version="1",
    description="Rounds over two steps.",
    steps={"again": Work(), "other": AsyncWork(), "round": Round(), "done": Work()},
    edges=[
        Edge("again", "other"),
        Edge("other", "round"),
        Edge("round", "again"),
        Edge("round", "done"),
    ],
    initial_step="again",
    terminal_steps={"done"},
)
branches = WorkflowDefinition(
    name="chaos_branches",
    version="1",
    description="Branches side by side, chosen ones, and a join.",
    steps={
        "begin": Work(),
        "ways": Ways(),
        "left": Work(20),
        "middle": AsyncWork(),
        "right": Pause(),
        "join": Work(),
        "large": Work(),
        "small": AsyncWork(),
    },
    edges=[
        Edge("begin", "ways"),
        *(Edge("ways", way) for way in ("left", "middle", "right")),
        *(Edge(way, "join") for way in ("left", "middle", "right")),
        Edge("join", "large", condition="context.get('pause') > 200"),
        Edge("join", "small", condition="context.get('pause') <= 200"),
    ],
    initial_step="begin",
    terminal_steps={"large", "small"},
)
groups = chain(
    "chaos_groups",
    "Groups within groups.",
    gather=ParallelGroup(
        Work(name="one"),
        AsyncWork(name="two"),
        SequentialGroup(Work(name="a"), Nap(), AsyncWork(name="b"), name="line"),
        RaceGroup(Work(5, name="fast"), Work(400, name="slow"), Nap(), name="race"),
        ConditionalGroup(
            "context.get('pause') > 200",
            {"true": Work(name="yes"), "false": ParallelGroup(Flaky(), Doomed(), name="both")},
            name="choice",
        ),
        callback=Work(name="count"),
    ),
    after=Work(),
)
slow = chain(
    "chaos_slow",
    "Steps long enough to be caught in the act.",
    sync=Work(1200),
    coroutine=AsyncWork(1200),
    last=Work(),
)
waits = chain(
    "chaos_waits",
    "A clock, a call and a person in turn.",
    before=Work(),
    pause=Pause(),
    call=Call(),
    between=AsyncWork(),
    review=Review(),
    unanswered=Unanswered(),
    after=Work(),
)
people = chain(
    "chaos_people",
    "People, calls and clocks side by side.",
    ask=ParallelGroup(
        Review(name="first"),
        Review(name="second"),
        Call(),
        Pause(),
        RaceGroup(Review(name="quick"), Nap(), name="race"),
        callback=Work(name="count"),
    ),
    after=Work(),
)
broken = chain(
    "chaos_broken",
    "Fails within a group until somebody mends it.",
    before=Work(),
    group=ParallelGroup(Broken(), Nap(), Work(300, name="sibling"), callback=Work(name="count")),
    after=Work(),
)
family = chain(
    "chaos_family",
    "Another workflow as a step, and a step per item.",
    before=Work(),
    child=SubWorkflow("chaos_loop", data={"rounds": 2}),
    each=ParallelGroup.for_each("context.get('ways')", AsyncWork(), callback=Work(name="count")),
    after=Work(),
)
gate = chain("chaos_gate", "A step that can be caught in the act.", gate=Gate(), after=Work())

MIX: Final = (machines, loop, branches, groups, slow, waits, people, broken, family)
ALL: Final = (*MIX, gate)


def random_start(rng: random.Random) -> tuple[str, dict[str, Any]]:
    """Give which workflow to start next, and with which data."""
    definition = rng.choice(MIX)
    ways = rng.sample(["left", "middle", "right"], rng.randint(1, 3))
    return definition.name, {
        "rounds": rng.randint(1, 5),
        "pause": rng.randint(20, 400),
        "ways": ways,
    }

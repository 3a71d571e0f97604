"""The workflows of the planted site. They must not change any more: it has their fingerprints.

They stand on what an author of workflows has, `from workflows import ...`, and on nothing else.
"""

from __future__ import annotations

import itertools

from tests.upgrade.steps import (
    FILE,
    Approve,
    Broken,
    Collect,
    Enough,
    Excused,
    Fleeting,
    Fragile,
    Gate,
    Look,
    Needless,
    Note,
    Order,
    Paid,
    Pause,
    Sent,
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

APPROVED = "context.get('decision') == 'approve'"
REJECTED = "context.get('decision') == 'reject'"


def chain(name: str, **steps: Step) -> WorkflowDefinition:
    """Put steps one after the other."""
    keys = [*steps]
    edges = [Edge(one, other) for one, other in itertools.pairwise(keys)]
    return WorkflowDefinition(name=name, version="1", steps=steps, edges=edges)


approval = WorkflowDefinition(
    name="upgrade_approval",
    version="1",
    description="A manager approves it, with its papers.",
    steps={"ask": Approve(), "yes": Note(), "no": Note()},
    edges=[Edge("ask", "yes", APPROVED, "approved"), Edge("ask", "no", REJECTED, "rejected")],
    start_schema={
        "type": "object",
        "properties": {
            "title": {"type": "string", "title": "What for?", "minLength": 1},
            "amount": {"type": "number", "title": "Amount"},
            "papers": FILE,
        },
        "required": ["title"],
    },
    visible_data=["title", "amount", "papers"],
    summary="{title}",
    reference="title",
)
groups = WorkflowDefinition(
    name="upgrade_groups",
    version="1",
    steps={
        "gather": ParallelGroup(
            Note(), Look(), SequentialGroup(Note(), Look()), callback=Collect()
        ),
        "race": RaceGroup(Look(), Pause()),
        "choose": ConditionalGroup("context.get('way')", {"left": Note(), "right": Look()}),
        "end": Note(),
    },
    edges=[Edge("gather", "race"), Edge("race", "choose"), Edge("choose", "end")],
)
joins = WorkflowDefinition(
    name="upgrade_joins",
    version="1",
    steps={
        "fork": Note(),
        "quick": Note(),
        "slow": Pause(),
        "round": Note(),
        "enough": Enough(),
        "end": Note(),
    },
    edges=[
        *(Edge("fork", "quick"), Edge("fork", "slow"), Edge("quick", "round")),
        *(Edge("slow", "round"), Edge("round", "enough")),
        *(Edge("enough", "fork"), Edge("enough", "end")),
    ],
)
each = chain(
    "upgrade_each",
    all=ParallelGroup.for_each("context.get('names')", Look(), callback=Collect()),
    after=Note(),
)
parent = chain(
    "upgrade_parent", child=SubWorkflow("upgrade_child", data="{'who': 'ben'}"), after=Note()
)
broken_parent = chain(
    "upgrade_broken_parent", child=SubWorkflow("upgrade_broken", data="{}"), after=Note()
)
moving_2 = WorkflowDefinition(
    name="upgrade_moving",
    version="2",
    steps={"seen": Look(), "after": Note()},
    edges=[Edge("seen", "after")],
)

LOST = chain("upgrade_lost", first=Look(), second=Note())
"""A workflow whose code some of the site's workers did not have."""

ALL = (
    *(approval, groups, joins, each, parent, broken_parent, moving_2),
    chain("upgrade_steps", first=Note(), excused=Excused(), needless=Needless(), last=Note()),
    chain("upgrade_fragile", only=Fragile(), after=Note()),
    chain("upgrade_broken", only=Broken(), after=Note()),
    chain("upgrade_gate", before=Note(), gate=Gate(), after=Note()),
    chain("upgrade_look", look=Look(), after=Note()),
    chain("upgrade_fleeting", look=Fleeting(), after=Note()),
    chain("upgrade_pause", pause=Pause(), after=Note()),
    chain("upgrade_calls", order=Order(), ready=Look(), paid=Paid(), sent=Sent(), after=Note()),
    chain("upgrade_child", look=Look(), after=Note()),
    chain("upgrade_moving", look=Look(), after=Note()),
)

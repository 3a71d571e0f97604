"""Builds graphs for the tests: from a line of text, or any at all by chance."""

from __future__ import annotations

import re
from typing import Final

from hypothesis import strategies as st

from tasks_ui.graph import GraphEdge, GraphInput, GraphStep, StepKind, StepState

ARROW: Final = re.compile(r"(\w+) *([-=])> *(\w+)(?:: *(.+))?")

LABELS: Final = st.one_of(
    st.sampled_from(
        ["", "Review", "Approve the request of the customer", "经理批准", "موافقة", "a_b"]
    ),
    st.text(max_size=30),
)


def graph(text: str, **states: str) -> GraphInput:
    """Build a graph from lines such as "a => b: over 1,000", where => was taken and -> was not.

    States are given by key; every other step is pending. A lone key is a step without edges.
    """
    edges: list[GraphEdge] = []
    keys: dict[str, None] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if match := ARROW.fullmatch(line):
            source, arrow, target, label = match.groups()
            keys |= {source: None, target: None}
            edges.append(
                GraphEdge(source=source, target=target, label=label or "", taken=arrow == "=")
            )
        else:
            keys[line] = None
    steps = (step(key, state=states.get(key, "pending")) for key in keys)
    return GraphInput(steps=tuple(steps), edges=tuple(edges))


def step(
    key: str,
    label: str = "",
    *,
    kind: str = "machine",
    state: str = "pending",
    visits: int = 0,
    note: str = "",
    children: tuple[GraphStep, ...] = (),
) -> GraphStep:
    """Build one step from plain words."""
    return GraphStep(
        key=key,
        label=label,
        kind=StepKind.GROUP if children else StepKind(kind),
        state=StepState(state),
        visits=visits,
        note=note,
        children=children,
    )


GROUPS: Final = (
    (),
    (step("one", "One"),),
    (
        step("one", "The first of them, with a label too long for any row of any group", visits=3),
        step("two", "Two", kind="human", state="waiting"),
        step("inner", children=(step("three", state="failed"), step("four", kind="timer"))),
    ),
    tuple(step(f"child{number}") for number in range(14)),
)


@st.composite
def graphs(draw: st.DrawFn) -> GraphInput:
    """Give any graph: loops, self loops, parallel edges, islands, groups in groups."""
    keys = [f"s{number}" for number in range(draw(st.integers(1, 12)))]
    place = st.integers(0, len(keys) - 1)
    links = draw(st.lists(st.tuples(place, place), max_size=2 * len(keys)))
    return GraphInput(
        steps=tuple(
            GraphStep(
                key=key,
                label=draw(LABELS),
                kind=draw(st.sampled_from(StepKind)),
                state=draw(st.sampled_from(StepState)),
                visits=draw(st.sampled_from([0, 1, 2, 120])),
                note=draw(st.sampled_from(["", "all of"])),
                children=draw(st.sampled_from([(), *GROUPS])),
            )
            for key in keys
        ),
        edges=tuple(
            GraphEdge(
                source=keys[source],
                target=keys[target],
                label=draw(LABELS) if draw(st.booleans()) else "",
                taken=source % 2 == 0,
            )
            for source, target in links
        ),
        start=draw(st.sampled_from(["", *keys])),
    )

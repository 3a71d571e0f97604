"""Random workflows and schedules: structured ones, and arbitrary ones that a check accepts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

from tests.workflows.model.plans import Act, Blueprint, Case, Kind, Plan, Test, Way
from tests.workflows.model.ways import Ways

Shape: TypeAlias = tuple[Any, ...]
"""A leaf, which is a plan, or the name of a construct with the shapes in it."""

ROUNDS: Final = 2

PLAIN: Final = Act()
ACTS: Final = (
    PLAIN,
    Act(result=1),
    Act(result=None),
    Act(writes={"a": 1}),
    Act(writes={"a": 2, "b": 1}, result=2),
    Act(writes={"b": 3, "z": 1}),
    Act(waits=False),
    Act(skips=True),
    Act(fails=1),
    Act(fails=1, writes={"c": 2}),
    Act(fails=9),
    Act(fails=9, handled=True),
)
acts = st.lists(st.sampled_from(ACTS), min_size=1, max_size=2).map(tuple)
quiet_acts = st.sampled_from([(act,) for act in ACTS if not act.fails])

tests = st.builds(
    Test,
    name=st.sampled_from(("a", "b", "")),
    value=st.integers(0, 2),
    negated=st.booleans(),
    raises=st.sampled_from([False] * 9 + [True]),
    how=st.sampled_from(("text", "function", "async")),
)

single_kinds = st.sampled_from([Kind.MACHINE] * 5 + [Kind.HUMAN, Kind.TIMER, Kind.WEBHOOK])


def singles(acts: st.SearchStrategy[tuple[Act, ...]] = acts) -> st.SearchStrategy[Plan]:
    """Give steps that are no groups."""
    return st.builds(Plan, kind=single_kinds, acts=acts, attempts=st.sampled_from((1, 1, 1, 2)))


def groups_of(
    children: st.SearchStrategy[Plan], acts: st.SearchStrategy[tuple[Act, ...]] = acts
) -> st.SearchStrategy[Plan]:
    """Give groups of these."""
    several = st.lists(children, min_size=1, max_size=3).map(tuple)
    callbacks = st.none() | st.builds(Plan, acts=acts, attempts=st.sampled_from((1, 2)))
    return st.one_of(
        st.builds(Plan, kind=st.just(Kind.SEQUENCE), acts=acts, children=several),
        st.builds(
            Plan,
            kind=st.just(Kind.PARALLEL),
            acts=acts,
            children=several,
            waits_for_all=st.booleans(),
            callback=callbacks,
        ),
        st.builds(Plan, kind=st.just(Kind.RACE), acts=acts, children=several),
        st.builds(choice, acts, several, st.sampled_from(("c0", "c1", "other")), st.booleans()),
    )


def choice(acts: tuple[Act, ...], children: tuple[Plan, ...], to: str, has_default: bool) -> Plan:
    """Give a conditional group."""
    chosen = tuple(replace(act, to=(to,)) for act in acts)
    default = has_default and len(children) > 1
    return Plan(kind=Kind.CHOICE, acts=chosen, children=children, has_default=default)


def plans(acts: st.SearchStrategy[tuple[Act, ...]] = acts) -> st.SearchStrategy[Plan]:
    """Give steps, among them groups two deep."""
    single = singles(acts)
    inner = single | groups_of(single, acts)
    return single | groups_of(inner, acts)


@dataclass
class Builder:
    """Lays shapes out as a blueprint."""

    steps: dict[str, Plan] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)

    def add(self, shape: Shape | Plan) -> tuple[str, str]:
        """Add a shape; give its first and last step."""
        if isinstance(shape, Plan):
            name = self.step(shape)
            return name, name
        construct, *parts = shape
        layouts: dict[str, Callable[[list[Any]], tuple[str, str]]] = {
            "sequence": self._sequence,
            "split": self._split,
            "choice": self._choice,
            "loop": self._loop,
        }
        return layouts[construct](parts)

    def step(self, plan: Plan) -> str:
        """Add a step."""
        name = f"s{len(self.steps)}"
        self.steps[name] = plan
        return name

    def _sequence(self, parts: list[Any]) -> tuple[str, str]:
        ends = [self.add(part) for part in parts]
        self.ways += [Way(before[1], after[0]) for before, after in itertools.pairwise(ends)]
        return ends[0][0], ends[-1][1]

    def _split(self, parts: list[Any]) -> tuple[str, str]:
        first = self.step(Plan())
        ends = [self.add(part) for part in parts]
        last = self.step(Plan())
        self.ways += [Way(first, begin) for begin, _ in ends]
        self.ways += [Way(end, last) for _, end in ends]
        return first, last

    def _choice(self, parts: list[Any]) -> tuple[str, str]:
        *parts, taken = parts
        first = self.step(Plan())
        ends = [self.add(part) for part in parts]
        last = self.step(Plan())
        named = tuple(ends[number % len(ends)][0] for number in taken)
        self.steps[first] = Plan(kind=Kind.GATEWAY, acts=(Act(to=named),))
        self.ways += [Way(first, begin) for begin, _ in ends]
        self.ways += [Way(end, last) for _, end in ends]
        return first, last

    def _loop(self, parts: list[Any]) -> tuple[str, str]:
        first, last = self.add(parts[0])
        gate = self.step(Plan())
        after = self.step(Plan())
        acts = tuple(Act(to=(way,)) for way in [first] * (ROUNDS - 1) + [after])
        self.steps[gate] = Plan(kind=Kind.GATEWAY, acts=acts)
        self.ways += [Way(last, gate), Way(gate, first), Way(gate, after)]
        return first, after


def structured(leaves: st.SearchStrategy[Plan]) -> st.SearchStrategy[Blueprint]:
    """Give workflows in which every split has its join, and every loop one way in and out."""
    shapes: st.SearchStrategy[Any] = st.recursive(leaves, _constructs, max_leaves=6)
    return shapes.map(_built)


def _constructs(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Shape]:
    several = st.lists(inner, min_size=2, max_size=3)
    taken = st.sampled_from(((0,), (1,), (0, 1), (2, 0)))
    return st.one_of(
        several.map(lambda parts: ("sequence", *parts)),
        several.map(lambda parts: ("split", *parts)),
        st.builds(lambda parts, taken: ("choice", *parts, taken), several, taken),
        inner.map(lambda part: ("loop", part)),
    )


def _built(shape: Shape | Plan) -> Blueprint:
    builder = Builder()
    builder.add(("sequence", Plan(), shape))
    return Blueprint(builder.steps, tuple(builder.ways))


@st.composite
def arbitrary(draw: st.DrawFn, leaves: st.SearchStrategy[Plan], *, loops: bool = True) -> Blueprint:
    """Give workflows of edges drawn at random: forward, and back to where all loops are entered."""
    count = draw(st.integers(2, 7))
    names = [f"s{number}" for number in range(count)]
    pairs = [(names[draw(st.integers(0, n - 1))], names[n]) for n in range(1, count)]
    pairs += [
        (names[min(one, other)], names[max(one, other)])
        for one, other in draw(st.lists(st.tuples(*[st.integers(0, count - 1)] * 2), max_size=6))
        if one != other
    ]
    sources = {source for source, _ in pairs}
    if loops:
        pairs += _back(
            names, pairs, draw(st.lists(st.tuples(*[st.integers(0, 9)] * 2), max_size=2))
        )
    ways = tuple(Way(*pair, draw(st.none() | st.none() | tests)) for pair in pairs)
    steps = {name: _placed(draw, name, draw(leaves), pairs, name in sources) for name in names}
    return Blueprint(steps, ways)


def _back(
    names: Sequence[str], pairs: Sequence[tuple[str, str]], drawn: Sequence[tuple[int, int]]
) -> list[tuple[str, str]]:
    """Give the edges that lead back from a step with another way out to one that dominates it."""
    found = []
    for one, other in drawn:
        source, target = names[one % len(names)], names[other % len(names)]
        ways = Ways(names[0], [Way(*pair) for pair in (*pairs, (source, target))])
        if ways.leads_back(len(pairs)) and any(source == start for start, _ in pairs):
            found.append((source, target))
    return found


def _placed(
    draw: st.DrawFn, name: str, plan: Plan, pairs: Sequence[tuple[str, str]], leads_on: bool
) -> Plan:
    """Limit a step's visits; some of those that lead on are gateways."""
    plan = replace(plan, max_visits=draw(st.sampled_from((2, 3, 1_000))))
    targets = [target for source, target in pairs if source == name]
    if not leads_on or not draw(st.sampled_from((False, False, True))):
        return plan
    named = st.lists(st.sampled_from([*targets, targets[-1]]), min_size=1, max_size=2).map(tuple)
    acts = draw(
        st.lists(
            st.builds(Act, to=named, fails=st.sampled_from((0, 0, 0, 1))), min_size=1, max_size=3
        )
    )
    return replace(plan, kind=Kind.GATEWAY, acts=tuple(acts), children=(), callback=None)


blueprints = structured(plans()) | arbitrary(plans())
picks = st.binary(max_size=40)
cases = st.builds(Case, blueprints, picks)
worlds = st.binary(min_size=1, max_size=8)

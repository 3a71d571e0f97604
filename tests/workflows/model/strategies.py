"""Random workflows and schedules: structured ones, and arbitrary ones that a check accepts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

from tests.workflows.model.plans import ITEM, Act, Blueprint, Case, Kind, Plan, Test, Way
from tests.workflows.model.ways import Ways

Shape: TypeAlias = tuple[Any, ...]
"""A leaf, which is a plan, or the name of a construct with the shapes in it."""

ROUNDS: Final = 2
"""How often a structured loop goes round."""

PLAIN: Final = (Act(),)
GOOD: Final = (
    PLAIN,
    (Act(result=None),),
    (Act(skips=True),),
    (Act(writes={"a": 1}),),
    (Act(result=1), Act(writes={"b": 1})),
    (Act(writes={"a": 2, "z": 1}, result=2), Act(writes={"a": 0})),
    (Act(waits=False, writes={"b": 3}),),
    (Act(skips=True), Act(result=ITEM)),
)
BAD: Final = (
    (Act(fails=1),),
    (Act(fails=1, writes={"c": 2}), Act()),
    (Act(), Act(fails=1)),
    (Act(fails=9, handled=True),),
    (Act(fails=9),),
)
KINDS: Final = (*[Kind.MACHINE] * 4, Kind.HUMAN, Kind.TIMER, Kind.WEBHOOK)
SINGLES: Final = (
    *(Plan(kind, acts) for acts in GOOD for kind in KINDS),
    *(Plan(kind, acts, attempts) for acts in BAD for kind in KINDS[3:] for attempts in (1, 2)),
)
QUIET: Final = tuple(Plan(kind, acts) for acts in (PLAIN, PLAIN, GOOD[2]) for kind in KINDS)
"""Steps that do not write, and whose ends do not depend on others."""

MANNERS: Final = (
    *[Plan(Kind.SEQUENCE), Plan(Kind.PARALLEL), Plan(Kind.RACE)] * 3,
    *[Plan(Kind.PARALLEL, waits_for_all=True), Plan(Kind.PARALLEL, callback=Plan())] * 2,
    Plan(Kind.PARALLEL, callback=Plan(acts=(Act(fails=1, result=None),))),
    Plan(Kind.PARALLEL, callback=Plan(acts=(Act(fails=1, writes={"c": 1}),), attempts=2)),
    Plan(Kind.PARALLEL, callback=Plan(acts=(Act(fails=9, handled=True), Act(skips=True)))),
    *(Plan(Kind.CHOICE, (Act(to=(way,)),)) for way in ("c0", "c1", "other")),
    Plan(Kind.CHOICE, (Act(to=("other",)), Act(to=("c0",), fails=1)), has_default=True),
    *(Plan(Kind.EACH, (Act(items=items),)) for items in (0, 1, 3, 4)),
    Plan(Kind.EACH, (Act(items=2), Act(items=3)), waits_for_all=True),
    Plan(Kind.EACH, (Act(items=3),), callback=Plan(acts=(Act(result=None),))),
    *(Plan(kind, BAD[0]) for kind in (Kind.SEQUENCE, Kind.PARALLEL, Kind.RACE)),
    Plan(Kind.RACE, (Act(skips=True), Act())),
    Plan(Kind.PARALLEL, BAD[0], attempts=2),
)
"""Groups without their children."""

CALM: Final = tuple(
    manner
    for manner in MANNERS
    if manner.kind != Kind.RACE
    and not any(act.fails for plan in (manner, manner.callback or Plan()) for act in plan.acts)
)
"""Groups of which it does not matter which child ends first."""

TESTS: Final = tuple(
    Test(name, value, negated=negated, how=how)
    for name in ("a", "b", "")
    for value in (1, 2)
    for negated in (False, True)
    for how in ("text", "function", "async")
)


def groups_of(
    children: st.SearchStrategy[Plan], manners: Sequence[Plan] = MANNERS
) -> st.SearchStrategy[Plan]:
    """Give groups of these."""
    several = st.lists(children, min_size=1, max_size=3)
    return st.builds(_group, st.sampled_from(manners), several)


def _group(manner: Plan, children: list[Plan]) -> Plan:
    default = manner.has_default and len(children) > 1
    begun = children[:1] if manner.kind == Kind.EACH else children
    return replace(manner, children=tuple(begun), has_default=default)


def plans(
    singles: Sequence[Plan] = SINGLES, manners: Sequence[Plan] = MANNERS
) -> st.SearchStrategy[Plan]:
    """Give steps, among them groups two deep."""
    single = st.sampled_from(singles)
    shallow = groups_of(single, manners)
    return st.one_of(single, single, shallow, groups_of(single | shallow, manners))


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
    small = st.one_of(leaves, _constructs(leaves))
    return st.lists(small | _constructs(small), min_size=1, max_size=3).map(_built)


def _constructs(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Shape]:
    several = st.lists(inner, min_size=2, max_size=3)
    taken = st.sampled_from(((0,), (1,), (0, 1), (2, 0)))
    return st.one_of(
        several.map(lambda parts: ("sequence", *parts)),
        several.map(lambda parts: ("split", *parts)),
        st.builds(lambda parts, taken: ("choice", *parts, taken), several, taken),
        inner.map(lambda part: ("loop", part)),
    )


def _built(shapes: list[Any]) -> Blueprint:
    builder = Builder()
    builder.add(("sequence", Plan(), *shapes))
    return Blueprint(builder.steps, tuple(builder.ways))


@st.composite
def arbitrary(draw: st.DrawFn, leaves: st.SearchStrategy[Plan], *, loops: bool = True) -> Blueprint:
    """Give workflows of edges drawn at random: forward, and back to a step that dominates."""
    names = [f"s{number}" for number in range(draw(st.integers(2, 8)))]
    first = [(names[draw(st.integers(0, n - 1))], names[n]) for n in range(1, len(names))]
    ends = st.tuples(st.sampled_from(names), st.sampled_from(names))
    more = draw(st.lists(ends, min_size=1, max_size=8))
    pairs = first + [(min(pair), max(pair)) for pair in more if pair[0] != pair[1]]
    if loops:
        pairs += _back(pairs, draw(st.lists(st.integers(0, 999), max_size=3)))
    tests = st.sampled_from([*[None] * len(TESTS) * 3, *TESTS, Test(raises=True)])
    ways = tuple(Way(*pair, draw(tests)) for pair in pairs)
    return Blueprint({name: draw(_placed(name, ways, leaves)) for name in names}, ways)


def _back(pairs: Sequence[tuple[str, str]], drawn: Sequence[int]) -> list[tuple[str, str]]:
    """Give edges that lead back, from steps with another way out to steps that dominate them."""
    ways = Ways(pairs[0][0], [Way(*pair) for pair in pairs])
    sources = sorted({source for source, _ in pairs})
    found = [
        (source, target)
        for source in sources
        for target in sources
        if source not in ways.reachable(ways.initial, without=target)
    ]
    return [found[number % len(found)] for number in drawn]


@st.composite
def _placed(
    draw: st.DrawFn, name: str, ways: Sequence[Way], leaves: st.SearchStrategy[Plan]
) -> Plan:
    """Give a step with a limit of visits; of those that lead on, some are gateways."""
    limit, is_gateway = draw(st.sampled_from(LIMITS))
    targets = [way.target for way in ways if way.source == name]
    if not targets or not is_gateway:
        return replace(draw(leaves), max_visits=limit)
    named = st.lists(st.sampled_from(targets), min_size=1, max_size=2).map(tuple)
    acts = draw(st.lists(st.builds(Act, to=named), min_size=1, max_size=3))
    return Plan(Kind.GATEWAY, tuple(acts), max_visits=limit)


LIMITS: Final = tuple(
    (limit, is_gateway) for limit in (1_000, 4, 2) for is_gateway in (False, False, True)
)

blueprints = structured(plans()) | arbitrary(plans())


def _writing_apart(path: str, plan: Plan) -> Plan:
    """Let each machine step write under a name of its own, and return what only it returns."""
    inside = zip(plan.names, plan.children, strict=True)
    children = tuple(_writing_apart(f"{path}/{name}", child) for name, child in inside)
    own = plan.kind == Kind.MACHINE and not plan.acts[0].skips
    acts = (Act(writes={path: 1}, result=len(path)),) if own else plan.acts
    return replace(plan, acts=acts, children=children)


def _apart(blueprint: Blueprint) -> Blueprint:
    steps = blueprint.steps.items()
    return replace(blueprint, steps={path: _writing_apart(path, plan) for path, plan in steps})


calm = plans(QUIET, CALM)
orderly = (structured(calm) | arbitrary(calm, loops=False)).map(_apart)
"""Workflows without racing writes: it does not matter in which order things happen."""

cases = st.builds(Case, blueprints, st.binary(min_size=8, max_size=40))


@dataclass(frozen=True, repr=False)
class World:
    """Cases that are played side by side; a difference says itself what they are."""

    cases: list[Case]
    ways: bytes


def worlds(cases: st.SearchStrategy[Case], side_by_side: int) -> st.SearchStrategy[World]:
    """Give that many cases, to be played at once."""
    several = st.lists(cases, min_size=side_by_side, max_size=side_by_side)
    return st.builds(World, several, st.binary(min_size=1, max_size=8))

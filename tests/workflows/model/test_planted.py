"""Wrong rules that are planted into the engine are found by comparing it with the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.workflows.model.comparing import Difference
from tests.workflows.model.driver import play
from tests.workflows.model.plans import Act, Blueprint, Case, Kind, Plan, Way
from tests.workflows.model.schedule import ANSWER, BEGIN_ALL, END, END_ALL, VERB, picks
from workflows.definition.graph import Graph, Node
from workflows.engine.board import advance
from workflows.engine.board.board import FAILED, READY, SUCCEEDED, Board, Token
from workflows.engine.run import finish
from workflows.engine.transitions.transition import Transition

pytestmark = pytest.mark.django_db

Plant = Callable[[pytest.MonkeyPatch], None]

ONE_BY_ONE = picks(BEGIN_ALL, *[END] * 3, BEGIN_ALL, *[END] * 3, BEGIN_ALL)
STEP = Plan()
FAILS = Plan(acts=(Act(fails=9),))
PERSON = Plan(Kind.HUMAN)


def gate(*acts: str) -> Plan:
    """Give a gateway that names these, a round each."""
    return Plan(Kind.GATEWAY, tuple(Act(to=tuple(names.split())) for names in acts))


def ways(text: str) -> tuple[Way, ...]:
    """Give edges from a text such as "a-b a-c"."""
    pairs = [pair.partition("-") for pair in text.split()]
    return tuple(Way(source, target) for source, _, target in pairs)


def alone(plan: Plan, schedule: bytes = b"") -> Case:
    """Give a workflow of one step."""
    return Case(Blueprint({"only": plan}), schedule)


def diamond(left: Plan = STEP) -> Case:
    """Give two branches and their join, whose steps end one after the other."""
    steps = {"fork": STEP, "left": left, "right": STEP, "join": STEP}
    return Case(Blueprint(steps, ways("fork-left fork-right left-join right-join")), ONE_BY_ONE)


def circle(left: Plan) -> Case:
    """Give two joins that wait for each other, as nobody has taken the way between them."""
    steps = {"fork": gate("a c"), "a": STEP, "b": STEP, "c": STEP}
    steps |= {"left": left, "right": gate("end"), "end": STEP}
    edges = "fork-a fork-b fork-c a-left b-left b-right c-right "
    edges += "left-fork right-fork left-end right-end"
    return Case(Blueprint(steps, ways(edges)))


LOOP = Case(
    Blueprint(
        {"fork": STEP, "left": gate("fork", "end"), "right": gate("end"), "end": STEP},
        ways("fork-left fork-right left-fork right-fork left-end right-end"),
    ),
    ONE_BY_ONE,
)
WRITES = Case(
    Blueprint({key: Plan(acts=(Act(writes={"a": n}),)) for n, key in enumerate("xy")}, ways("x-y"))
)
PASSED_ON = tuple(Plan(acts=(act,)) for act in (Act(result=1), Act(skips=True), Act(result=None)))


def a_join_goes_on_too_early(patch: pytest.MonkeyPatch) -> None:
    """Let joins wait for nobody."""
    patch.setattr(advance, "_may_still_come", lambda *_: False)


def a_failed_branch_holds_no_join(patch: pytest.MonkeyPatch) -> None:
    """Let joins wait for those only that have not failed."""
    right = advance._may_still_come

    def wrong(board: Board, other: Token, token: Token) -> bool:
        return other.status != FAILED and right(board, other, token)

    patch.setattr(advance, "_may_still_come", wrong)


def a_join_waits_for_who_must_pass_through_it(patch: pytest.MonkeyPatch) -> None:
    """Forget that ways through the join itself do not count."""
    right = Graph.can_reach

    def wrong(self: Graph, start: str, edges: Any, *, avoiding: str) -> bool:
        return right(self, start, edges, avoiding="")

    patch.setattr(Graph, "can_reach", wrong)


def branches_do_not_merge(patch: pytest.MonkeyPatch) -> None:
    """Let every branch that arrives begin a visit of its own."""

    def wrong(board: Board, number: int, *, previous: int | None) -> None:
        advance.enter(board, board.graph.edges[number].target, previous=previous)

    patch.setattr(advance, "arrive", wrong)


def ways_back_take_part_in_joins(patch: pytest.MonkeyPatch) -> None:
    """Take no edge for a way back."""
    patch.setattr(Graph, "back", frozenset())


def joins_that_wait_for_each_other_wait_for_ever(patch: pytest.MonkeyPatch) -> None:
    """Let no join go on while it waits for another."""
    patch.setattr(advance, "_first_of_circle", lambda *_: [])


def a_visit_is_counted_twice(patch: pytest.MonkeyPatch) -> None:
    """Let the second visit be the third."""
    right = Board.visit

    def wrong(self: Board, path: str) -> int:
        return (
            right(self, path)
            if path not in self.visits
            else max(right(self, path), right(self, path))
        )

    patch.setattr(Board, "visit", wrong)


def a_race_forgets_to_cancel(patch: pytest.MonkeyPatch) -> None:
    """Let the losers go on."""
    right = advance._child_ended

    def wrong(board: Board, group: Token, child: Token, status: str) -> None:
        if status == SUCCEEDED and board.graph.nodes[group.path].is_race:
            advance._end_group(board, group)
        else:
            right(board, group, child, status)

    patch.setattr(advance, "_child_ended", wrong)


def a_failure_cancels_no_siblings(patch: pytest.MonkeyPatch) -> None:
    """Fail a group while its children go on."""
    right = advance._fail_group

    def wrong(board: Board, group: Token, child: Token, unfinished: list[Token]) -> None:
        right(board, group, child, [])

    patch.setattr(advance, "_fail_group", wrong)


def a_group_does_not_wait_for_all(patch: pytest.MonkeyPatch) -> None:
    """Fail groups with `on_child_failure="wait"` at once."""
    patch.setattr(Node, "fails_at_once", property(lambda self: not self.is_race))


def a_skipped_step_loses_the_result(patch: pytest.MonkeyPatch) -> None:
    """Give the step after a skipped one nothing."""
    right = advance._next_in_sequence

    def wrong(board: Board, node: Node, group: Token, child: Token, status: str) -> None:
        right(board, node, group, child, SUCCEEDED)

    patch.setattr(advance, "_next_in_sequence", wrong)


def a_late_result_is_accepted(patch: pytest.MonkeyPatch) -> None:
    """Record what was cancelled by another report of the same batch."""
    patch.setattr(finish, "_is_held", lambda *_: True)


def a_line_of_history_is_written_twice(patch: pytest.MonkeyPatch) -> None:
    """Record that a step succeeded, and again."""
    right = Transition.record

    def wrong(self: Transition, kind: str, **details: Any) -> None:
        right(self, kind, **details)
        if kind == "step.succeeded":
            right(self, kind, **details)

    patch.setattr(Transition, "record", wrong)


def a_write_gives_way_to_an_older_one(patch: pytest.MonkeyPatch) -> None:
    """Merge only what is not there yet."""
    right = Transition.merge

    def wrong(self: Transition, writes: Any) -> Any:
        return right(self, {k: v for k, v in writes.items() if k not in self.instance.data})

    patch.setattr(Transition, "merge", wrong)


def what_is_held_goes_on(patch: pytest.MonkeyPatch) -> None:
    """Let what becomes ready start also while the instance is suspended."""
    patch.setattr(Transition, "ready_or_held", READY)


PLANTS: dict[Plant, Case] = {
    a_join_goes_on_too_early: diamond(),
    a_failed_branch_holds_no_join: diamond(FAILS),
    a_join_waits_for_who_must_pass_through_it: circle(gate("fork", "end")),
    branches_do_not_merge: diamond(),
    ways_back_take_part_in_joins: LOOP,
    joins_that_wait_for_each_other_wait_for_ever: circle(gate("end")),
    a_visit_is_counted_twice: LOOP,
    a_race_forgets_to_cancel: alone(Plan(Kind.RACE, children=(STEP, PERSON))),
    a_failure_cancels_no_siblings: alone(Plan(Kind.PARALLEL, children=(FAILS, PERSON))),
    a_group_does_not_wait_for_all: alone(
        Plan(Kind.PARALLEL, children=(FAILS, PERSON), waits_for_all=True)
    ),
    a_skipped_step_loses_the_result: alone(Plan(Kind.SEQUENCE, children=PASSED_ON)),
    a_late_result_is_accepted: alone(Plan(Kind.RACE, children=(STEP, STEP))),
    a_line_of_history_is_written_twice: alone(STEP),
    a_write_gives_way_to_an_older_one: WRITES,
    what_is_held_goes_on: alone(PERSON, picks(BEGIN_ALL, END_ALL, VERB, ANSWER)),
}


def test_without_them_there_is_nothing_to_notice() -> None:
    play(list(PLANTS.values()))
    play(list(PLANTS.values()), world=b"\3")


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_the_model_notices_that(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)

    with pytest.raises(Difference):
        play([PLANTS[plant]])

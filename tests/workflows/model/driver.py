"""Plays the same schedule on the model and on the engine, side by side, and compares them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from django.db import transaction

from tests.workflows.model.comparing import (
    Difference,
    compare_instance,
    compare_past,
    compare_visits,
    instances_of,
    rows_of,
)
from tests.workflows.model.hands import Hands, Played
from tests.workflows.model.interpreter import Journey
from tests.workflows.model.plans import Case
from tests.workflows.model.puppets import make_definition
from tests.workflows.model.schedule import answers, beginnings, ends, verb
from workflows import engine
from workflows.engine.store import clock
from workflows.testing import registered

NOON: Final = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ROUNDS: Final = 60
VISITS: Final = 60
"""Visits after which a case is left as it is: loops without an end come this far."""

_numbers = itertools.count()


def play(cases: Sequence[Case], world: bytes = b"\0") -> list[Journey]:
    """Play cases in rounds, each of them in every round; raises Difference.

    `world` says for each round whether the worker rides on (1), and whether it claims all that is
    due instead of what the cases pick (2).
    """
    named = [(case, make_definition(case.blueprint, f"model-{next(_numbers)}")) for case in cases]
    with (
        transaction.atomic(),
        registered(*(definition for _, definition in named)),
        clock.at(NOON),
        Hands() as hands,
    ):
        played = [_start(case, definition.name) for case, definition in named]
        try:
            _look(played)
            _play(played, hands, world)
            for one in played:
                with _explained([one]):
                    compare_past(one.journey, one.instance)
        finally:
            transaction.set_rollback(True)
    return [one.journey for one in played]


def _start(case: Case, name: str) -> Played:
    journey = Journey(case.blueprint)
    journey.start()
    return Played(case, journey, engine.start_workflow(name))


def _play(played: Sequence[Played], hands: Hands, world: bytes) -> None:
    for number in range(ROUNDS):
        way = world[number % len(world)]
        going = [one for one in played if len(one.journey.visits) < VISITS]
        with _explained(going):
            moved = _move(going, hands, number, way)
        _look(played)
        if not moved and all(number >= len(one.case.picks) for one in played):
            return


def _move(going: Sequence[Played], hands: Hands, number: int, way: int) -> bool:
    acted = [hands.act(one, verb(one, number)) for one in going]
    answered = [hands.answer(one, visit) for one in going for visit in answers(one, number)]
    if any(acted):
        _look(going)
    if way & 2:
        begun = hands.claim(going)
    else:
        begun = hands.begin([(one, beginnings(one, number)) for one in going])
    ended = hands.finish([(one, ends(one, number)) for one in going], rides=bool(way & 1))
    return any([*acted, *answered, begun, ended])


def _look(played: Sequence[Played]) -> None:
    """Compare where everything stands, and find out under which keys new visits are stored."""
    instances = instances_of(one.instance for one in played)
    rows = rows_of(one.instance for one in played)
    for one in played:
        found = rows[one.instance.pk]
        with _explained([one]):
            compare_visits(one.journey, found)
            compare_instance(one.journey, instances[one.instance.pk])
        keys = {row.name: row.key for row in found}
        one.keys = {visit: keys[visit.name] for visit in one.journey.visits}


@contextmanager
def _explained(played: Sequence[Played]) -> Iterator[None]:
    """Say of what goes wrong which cases it is about, and what was done to them so far."""
    try:
        yield
    except Exception as error:
        told = [f"{one.case!r}\nwas played so: {'; '.join(one.done)}." for one in played]
        raise Difference("\n".join([f"{type(error).__name__}: {error}", *told])) from error

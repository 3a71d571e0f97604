"""What a pick, a number from 0 to 255, lets happen in a round of what could happen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from tests.workflows.model.hands import Played
from tests.workflows.model.plans import Kind
from tests.workflows.model.visits import (
    READY,
    RUNNING,
    SCHEDULED,
    WAITING,
    Visit,
)

T = TypeVar("T")
MENDS: Final = 2
ALL, BEGIN, BEGIN_ALL, END, END_ALL, ANSWER, STEP, VERB = range(8)


def picks(*chosen: int | tuple[int, int]) -> bytes:
    """Give picks by kind, or by kind and which."""
    pairs = [one if isinstance(one, tuple) else (one, 0) for one in chosen]
    return bytes(which * 8 + kind for kind, which in pairs)


def pick(one: Played, number: int) -> tuple[int, int]:
    """Give what kind of thing a round is to do, and which one; 0, all that is possible."""
    picks = one.case.picks
    which, kind = divmod(picks[number] if number < len(picks) else 0, 8)
    return kind, which


def verb(one: Played, number: int) -> str:
    """Give the verb on the whole instance that a round begins with, if any."""
    kind, which = pick(one, number)
    journey = one.journey
    if kind != VERB:
        return _mending(one) if number >= len(one.case.picks) else ""
    found = ["retry"] * 4 if journey.status == "failed" else []
    if not one.has_ended:
        found += ["resume" if journey.is_suspended else "suspend"] * 4 + ["cancel"]
        found += [f"call {path}" for path in one.webhooks]
    if journey.status != "completed":
        steps = list(one.case.blueprint.steps)
        found.append(f"retry from {steps[number % len(steps)]}")
    return found[which % len(found)] if found else ""


def _mending(one: Played) -> str:
    """Give what an administrator does in the end to what is suspended or has failed."""
    stands = not any(visit.status in (READY, SCHEDULED, RUNNING) for visit in one.stored)
    if one.journey.is_suspended and not one.has_ended:
        return "resume"
    mends = stands and one.journey.status == "failed" and one.done.count("retry") < MENDS
    return "retry" if mends else ""


def answers(one: Played, number: int) -> list[Visit]:
    """Give the visits whose person decides, or whose caller calls."""
    kind, which = pick(one, number)
    kinds = (Kind.HUMAN, Kind.WEBHOOK)
    open_ones = [v for v in one.stored if v.status == WAITING and v.plan.kind in kinds]
    if kind == ANSWER:
        return _one_of(open_ones, which)
    return open_ones if kind == ALL else []


def beginnings(one: Played, number: int) -> list[Visit]:
    """Give the visits that a worker takes; what is scheduled has come due by then."""
    kind, which = pick(one, number)
    due = [visit for visit in one.stored if visit.status in (READY, SCHEDULED)]
    if kind in (BEGIN, STEP):
        return _one_of(due, which)
    return due if kind in (ALL, BEGIN_ALL) else []


def ends(one: Played, number: int) -> list[Visit]:
    """Give the visits that a worker reports, in the order of the report."""
    kind, which = pick(one, number)
    running = list(one.at_work)
    if kind in (END, STEP):
        return _one_of(running, which)
    if kind == END_ALL and running:
        first = which % len(running)
        return running[first:] + running[:first]
    return running if kind == ALL else []


def _one_of(things: Sequence[T], which: int) -> list[T]:
    return [things[which % len(things)]] if things else []

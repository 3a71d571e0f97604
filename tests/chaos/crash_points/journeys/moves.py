"""Instances that wait are moved to another version of their workflow."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tests.chaos.crash_points.journey import Act, Journey, Stage, drain, start
from tests.chaos.crash_points.steps import AskInTime, Do, Sleep, chain
from workflows import ParallelGroup, engine


def _move(stage: Stage) -> None:
    moved = engine.migrate_instances(
        stage.definition.name,
        "1",
        "2",
        mapping={"group": "others"},
        instances=stage.all_instances,
        dry_run=False,
    )
    # Who asks again is told so of those that have moved already.
    refusals = {refusal for one in moved for refusal in one.refusals}
    if refusals - {"It is on another version than 1."}:
        raise AssertionError(f"The instances were to move: {refusals}")


JOURNEYS: Final = (
    Journey(
        "move to a new version",
        chain("move", group=ParallelGroup(AskInTime(), Sleep())),
        (start(), drain(), Act("move", _move), drain(timedelta(hours=3))),
        others=(chain("move", version="2", others=ParallelGroup(AskInTime(), Sleep()), new=Do()),),
        instances=2,
    ),
)

"""People: asked, claiming, handing over, deciding, undoing, reminded, too late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from tests.chaos.crash_points.journey import Act, Journey, drain, person, start, verb
from tests.chaos.crash_points.steps import Ask, AskInTime, AskNobody, AskWithUndo, chain
from workflows import engine
from workflows.models import HumanTask, WorkflowInstance


def task_of(instance: WorkflowInstance) -> HumanTask:
    return HumanTask.objects.get(instance=instance)


def decide(submission: str = "1", **more: Any) -> Act:
    """Ben approves; his browser sends the same form again where no answer came."""

    def do(instance: WorkflowInstance) -> None:
        engine.complete_human_task(
            task_of(instance),
            user=person("ben"),
            data={"decision": "approve", "comment": "Fine."},
            submission_id=submission,
        )

    return verb("decide", do, **more)


claim = verb("claim", lambda one: engine.claim(task_of(one), user=person("ben")))
release = verb("release", lambda one: engine.release(task_of(one), user=person("ben")))
reassign = verb(
    "reassign",
    lambda one: engine.reassign(task_of(one), to=person("cleo"), user=person("ada"), reason="Ill."),
)
undo = verb("undo", lambda one: engine.undo(task_of(one), user=person("ben")))

JOURNEYS: Final = (
    Journey("decision", chain("decision", ask=Ask()), (start(), drain(), decide(), drain())),
    Journey(
        "hand over",
        chain("hand_over", ask=Ask()),
        (start(), drain(), claim, release, claim, reassign),
    ),
    Journey(
        "undo",
        chain("undo", ask=AskWithUndo()),
        (start(), drain(), decide(), undo, decide("2"), drain(timedelta(hours=1))),
    ),
    Journey(
        "reminder and deadline",
        chain("deadline", ask=AskInTime()),
        (start(), drain(), drain(timedelta(minutes=70)), drain(timedelta(hours=1))),
    ),
    Journey(
        "decision in time",
        chain("in_time", ask=AskInTime()),
        (start(), drain(), decide(), drain(timedelta(hours=3))),
    ),
    Journey("nobody to ask", chain("nobody", ask=AskNobody()), (start(), drain())),
)

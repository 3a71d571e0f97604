"""An instance's history as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from workflows.engine.access.people import display_name
from workflows.engine.work.places import REPEATS, places_of
from workflows.models.events import Event
from workflows.models.instances import WorkflowInstance

COMMENT: Final = "task.commented"
LONGEST_COMMENT: Final = 2000
DECIDED: Final = "task.decided"
COMPLETED: Final = "task.completed"
SHOWN: Final = 200

SENTENCES = {
    "instance.started": gettext_noop("Request started"),
    "instance.completed": gettext_noop("Request completed"),
    "instance.failed": gettext_noop("Request stopped by a failure"),
    "instance.canceled": gettext_noop("Request cancelled"),
    "instance.suspended": gettext_noop("Request suspended"),
    "instance.resumed": gettext_noop("Request resumed"),
    "instance.retried": gettext_noop("Request tried again"),
    "instance.migrated": gettext_noop("Request moved from version %(before)s to %(after)s"),
    "step.succeeded": gettext_noop("%(step)s done"),
    "step.handled": gettext_noop("%(step)s failed; the workflow goes on"),
    "step.skipped": gettext_noop("%(step)s skipped"),
    "step.failed": gettext_noop("%(step)s failed"),
    "step.attempt_failed": gettext_noop("%(step)s failed and will be tried again"),
    "step.canceled": gettext_noop("%(step)s cancelled"),
    "step.retried": gettext_noop("%(step)s tried again"),
    "step.blocked": gettext_noop("%(step)s waits for its code"),
    "step.unblocked": gettext_noop("%(step)s goes on: its code is back"),
    "task.created": gettext_noop("Asked: %(step)s"),
    "task.decided": gettext_noop("%(step)s: %(outcome)s (can be undone)"),
    "task.completed": gettext_noop("%(step)s: %(outcome)s"),
    "task.undone": gettext_noop("%(step)s: decision undone"),
    "task.claimed": gettext_noop("%(step)s taken"),
    "task.released": gettext_noop("%(step)s given back"),
    "task.lease_ended": gettext_noop("%(step)s offered again: %(before)s had it for too long"),
    "task.taken_over": gettext_noop("%(step)s taken over from %(before)s"),
    "task.reassigned": gettext_noop("%(step)s given to %(after)s"),
    "task.info_requested": gettext_noop("%(step)s: %(after)s was asked"),
    "task.info_given": gettext_noop("%(step)s: question answered"),
    "task.question_recalled": gettext_noop("%(step)s: question taken back"),
    "task.question_expired": gettext_noop("%(step)s: no answer came in time"),
    "task.overridden": gettext_noop("%(step)s: %(outcome)s, overridden"),
    "task.reopened": gettext_noop("%(step)s asked again"),
    "task.reminded": gettext_noop("Reminded of %(step)s"),
    "task.expired": gettext_noop("%(step)s: time ran out"),
    "task.canceled": gettext_noop("%(step)s no longer asked"),
    COMMENT: gettext_noop("wrote"),
    "timer.set": gettext_noop("%(step)s: waiting"),
    "webhook.awaited": gettext_noop("%(step)s: waiting for another system"),
    "webhook.kept": gettext_noop("%(step)s: the other system called early"),
    "webhook.received": gettext_noop("%(step)s: the other system called"),
    "workflow.started": gettext_noop("%(step)s: another workflow started"),
    "workflow.ended": gettext_noop("%(step)s: the other workflow ended"),
    "workflow.failed": gettext_noop("%(step)s: the other workflow was stopped by a failure"),
}
"""What is said of each kind of event; a kind without a sentence is shown by its name."""


@dataclass(frozen=True)
class HistoryLine:
    """One event in words: when, what, and who did it; a comment has their own words."""

    at: datetime
    text: str
    actor: str
    kind: str
    path: str
    comment: str = ""


def history(instance: WorkflowInstance, user: Any, *, limit: int = SHOWN) -> list[HistoryLine]:
    """Give the newest events and comments of an instance, oldest first.

    What people wrote is not crowded out by what machines did: so many of either are shown.

    One statement, and one or more where a step runs once per item, to say which run is meant.
    """
    events = Event.objects.filter(instance=instance).select_related("actor")
    shown = Q(seq__gt=instance.last_seq - limit) | Q(kind=COMMENT)
    newest = list(events.filter(shown).order_by("-seq")[: 2 * limit])
    return told(newest[::-1], instance)


def told(events: list[Event], instance: WorkflowInstance) -> list[HistoryLine]:
    """Put events of an instance into words."""
    nodes = {node["path"]: node for node in instance.definition.content["nodes"]}
    places = _places(events, instance.definition.content)
    told_events = [event for event in _settled(events) if _is_told(event, nodes)]
    return [_line(event, nodes, places) for event in told_events]


def _settled(events: list[Event]) -> list[Event]:
    """Leave out that a decision was settled, by a clock: who made it has been told.

    It is told as one that stands, not as one that can be undone.
    """
    decided = {event.execution_id: event for event in events if event.kind == DECIDED}
    settled = [event for event in events if event.kind == COMPLETED and event.actor_id is None]
    for event in settled:
        if event.execution_id in decided:
            decided[event.execution_id].kind = COMPLETED
    return [e for e in events if e not in settled or e.execution_id not in decided]


def _places(events: list[Event], content: dict[str, Any]) -> dict[int, str]:
    """Say which item the executions are for that have one, and which of how many."""
    if all(node["group"] != REPEATS for node in content["nodes"]):
        return {}
    found = places_of({event.execution_id: content for event in events if event.execution_id})
    return {
        number: "; ".join(", ".join(filter(None, (one.of_all, one.label))) for one in places)
        for number, places in found.items()
    }


def _is_told(event: Event, nodes: dict[str, Any]) -> bool:
    """Tell whether a line is shown; a human step's own end is told by its task.

    Of the clocks that are attached to a step, only what they do to it is told.
    """
    kind = nodes.get(event.path, {}).get("kind")
    is_end = event.kind in ("step.succeeded", "step.canceled")
    return not (is_end and (kind == "human" or "#" in event.path))


def _line(event: Event, nodes: dict[str, Any], places: dict[int, str]) -> HistoryLine:
    step = nodes.get(event.path, {}).get("label") or event.path
    if place := places.get(event.execution_id or 0):
        step = f"{step} ({place})"
    sentence = SENTENCES.get(event.kind)
    details = {
        "step": step,
        "outcome": _(str(event.data["outcome"])) if event.data.get("outcome") else _("done"),
        "before": event.data.get("before", ""),
        "after": event.data.get("after", ""),
    }
    text = _(sentence) % details if sentence else f"{event.kind} {step}".strip()
    said = str(event.data["comment"]) if event.kind == COMMENT else ""
    return HistoryLine(event.at, text, display_name(event.actor), event.kind, event.path, said)

"""Which decisions need nothing but a button: those can be taken for many tasks at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from workflows.engine.queries.visible_data import TaskForm, TaskOutcome, task_form
from workflows.exceptions import NotAllowed
from workflows.models.tasks import HumanTask
from workflows.schemas import validate

IN_BULK: Final = "bulk"
"""The `via` of what is done to many tasks at once."""


@dataclass(frozen=True)
class QuickAnswer:
    """A way to decide, as pressing its button on an untouched form would.

    Attributes:
        key: the same for tasks whose buttons say and submit the same; no position.
        label: what the button says; empty for the only one of a step without outcomes.
        why_not: why it cannot be given without opening the task; empty where it can.
    """

    key: str
    label: str
    tone: str
    data: dict[str, Any]
    why_not: str = ""


def quick_answers(task: HumanTask) -> list[QuickAnswer]:
    """Give the ways to decide a task, each with why it cannot be taken for many at once.

    Fields with a default submit it, as they would when nobody touches them. A form without
    outcomes is there to be filled in, and has no quick answer.
    """
    form = task_form(task)
    if form.schema is None:
        why_not = why_alone() if form.high_risk else ""
        return [QuickAnswer("done", "", "", {}, why_not)]
    return [_answer(form, outcome) for outcome in form.outcomes]


def refuse_in_bulk(via: str, *, high_risk: bool) -> None:
    """Raise NotAllowed for a decision of many at once at a step that must be looked at."""
    if via == IN_BULK and high_risk:
        raise NotAllowed(why_alone())


def why_alone() -> str:
    """Say why a task has to be opened to decide it."""
    return _("This step is high-risk: its tasks are decided one by one.")


def _answer(form: TaskForm, outcome: TaskOutcome) -> QuickAnswer:
    data = {**_defaults(form.schema or {}), form.outcome_field: outcome.value}
    said = {"outcome": outcome.label}
    if form.high_risk:
        why_not = why_alone()
    elif outcome.requires_reason:
        why_not = _("“%(outcome)s” needs a reason: open the task.") % said
    elif validate(form.schema, data):
        why_not = _("“%(outcome)s” needs more to be filled in: open the task.") % said
    else:
        why_not = ""
    key = json.dumps([outcome.value, outcome.label])
    return QuickAnswer(key, outcome.label, outcome.tone, data, why_not)


def _defaults(schema: dict[str, Any]) -> dict[str, Any]:
    properties = schema.get("properties", {})
    return {
        name: field["default"]
        for name, field in properties.items()
        if isinstance(field, dict) and "default" in field
    }

"""Which values of a human step's form are its decision."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_noop

from workflows.steps.human import BaseHumanStep, Outcome, Outcomes, Tone

GOOD = {"approve", "approved", "accept", "accepted", "yes", "ok", "confirm", "confirmed", "done"}
BAD = {"reject", "rejected", "decline", "declined", "deny", "denied", "no", "refuse", "refused"}
YES_OR_NO = (
    Outcome(True, gettext_noop("Approve"), "good"),
    Outcome(False, gettext_noop("Reject"), "bad"),
)


def find_outcomes(step: BaseHumanStep) -> Outcomes | None:
    """Give what the step declares, or what its form suggests.

    That is an enumeration named `decision`, or the only boolean of the form.
    """
    if step.outcomes is not None:
        return _with_labels(step.outcomes)
    properties = (step.form_schema or {}).get("properties", {})
    if not isinstance(properties, dict):
        return None
    decision = properties.get("decision")
    if isinstance(decision, dict) and isinstance(decision.get("enum"), list):
        return Outcomes("decision", _of_enumeration(decision))
    booleans = [
        name
        for name, schema in properties.items()
        if isinstance(schema, dict) and schema.get("type") == "boolean"
    ]
    return Outcomes(booleans[0], YES_OR_NO) if len(booleans) == 1 else None


def _with_labels(outcomes: Outcomes) -> Outcomes:
    choices = tuple(
        Outcome(
            choice.value,
            choice.label or _label(choice.value),
            choice.tone,
            choice.requires_reason,
        )
        for choice in outcomes.choices
    )
    return Outcomes(outcomes.field, choices, outcomes.reason_field)


def _of_enumeration(schema: dict[str, Any]) -> tuple[Outcome, ...]:
    values = schema["enum"]
    names = schema.get("enumNames", schema.get("ui:enumNames"))
    labels = names if isinstance(names, list) and len(names) == len(values) else values
    return tuple(
        Outcome(value, _label(label) if label is value else str(label), _tone(value))
        for value, label in zip(values, labels, strict=True)
    )


def _label(value: Any) -> str:
    return capfirst(str(value).replace("_", " "))


def _tone(value: Any) -> Tone:
    word = str(value).lower()
    return "good" if word in GOOD else "bad" if word in BAD else "neutral"

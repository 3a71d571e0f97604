"""A receipt for each decision: what was decided on what was shown, with its sum, in a chain.

It is made under the instance's lock from rows that are at hand, and stored with the event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

from workflows.engine.access.people import display_name
from workflows.engine.queries.find_task import items_of
from workflows.engine.queries.receipts import canonical, sum_of
from workflows.engine.queries.visible_data import (
    TaskForm,
    task_form,
    visible_names,
    without_secrets,
)
from workflows.engine.transitions.transition import Transition
from workflows.models.definitions import StoredDefinition
from workflows.models.tasks import HumanTask
from workflows.schemas import conceal
from workflows.steps.human import Outcome

FORMAT: Final = 1


@dataclass(frozen=True)
class Sheet:
    """What a task puts before whoever decides it, as stored with its version of the workflow."""

    version: str
    fingerprint: str
    form: str
    asked: TaskForm
    names: tuple[str, ...]
    stored: StoredDefinition
    item: str

    @classmethod
    def of(cls, task: HumanTask) -> Sheet:
        """Give the sheet of a task; read before its instance is locked."""
        definition, form = task.instance.definition, task_form(task)
        names = visible_names(definition, task.step)
        return cls(
            definition.version,
            definition.fingerprint,
            sum_of(canonical([form.schema, form.ui_schema])),
            form,
            tuple(names),
            definition,
            ", ".join(place.words for place in items_of(task)),
        )

    def shown(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Give what whoever decides was shown of the data."""
        given = {name: data[name] for name in self.names if name in data}
        return without_secrets(self.stored, given)

    def told(self, submitted: dict[str, Any]) -> Any:
        """Give what was filled in, as far as anybody may see it again."""
        return conceal(self.asked.schema or {}, submitted, self.asked.ui_schema)


@dataclass(frozen=True)
class Decided:
    """What only the verb knows of a decision."""

    by: Any
    via: str
    outcome: Outcome | None
    submitted: dict[str, Any]
    is_override: bool = False

    @property
    def said(self) -> dict[str, Any]:
        """Give it for the receipt."""
        outcome = self.outcome
        return {
            "by": _person(self.by),
            "via": self.via,
            "outcome": outcome.value if outcome else None,
            "label": outcome.label[:200] if outcome else "",
            "overridden": self.is_override,
        }


def issue(
    transition: Transition, task: HumanTask, sheet: Sheet, decided: Decided, *, reason: str = ""
) -> dict[str, str]:
    """Give the receipt of a decision, to be kept with its event, and chain it to the one before."""
    instance = transition.instance
    receipt = decided.said | {
        "format": FORMAT,
        "instance": instance.pk,
        "workflow": instance.workflow,
        "version": sheet.version,
        "definition": sheet.fingerprint,
        "task": task.pk,
        "step": task.step,
        "title": task.title,
        **({"item": sheet.item} if sheet.item else {}),
        "assignee": _person(task.assignee),
        "form": sheet.form,
        "data_revision": instance.data_revision,
        "shown": sheet.shown(transition.instance.data),
        "submitted": sheet.told(decided.submitted),
        "reason": reason,
        "at": transition.at.astimezone(UTC).isoformat(),
        "previous": instance.last_receipt,
    }
    text = canonical(receipt)
    instance.last_receipt = sum_of(text)
    transition.changed.add("last_receipt")
    return {"text": text, "sha256": instance.last_receipt}


def _person(user: Any) -> dict[str, Any] | None:
    if user is None:
        return None
    return {"id": user.pk, "username": user.get_username(), "name": display_name(user)}

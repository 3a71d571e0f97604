"""Look whether the receipts of an instance's decisions still fit: their sums, chain and rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from workflows.models.events import Event
from workflows.models.instances import WorkflowInstance
from workflows.models.tasks import HumanTask, TaskStatus
from workflows.schemas import SECRET, same

RECEIPT: Final = "receipt"
"""The name of a receipt among the details of an event."""

DECISIONS: Final = ("task.decided", "task.completed", "task.overridden", "task.expired")
STANDS: Final = (TaskStatus.DECIDED, TaskStatus.COMPLETED, TaskStatus.EXPIRED)


@dataclass(frozen=True)
class DecisionReceipt:
    """One receipt as it is stored, and what does not fit about it, in sentences."""

    event: Event
    text: str
    sha256: str
    problems: tuple[str, ...]

    @cached_property
    def said(self) -> dict[str, Any]:
        """Give what the receipt says; nothing where its text is none."""
        return _read(self.text)


@dataclass(frozen=True)
class ReceiptChain:
    """All receipts of an instance in their order, and what does not fit about any of them."""

    receipts: tuple[DecisionReceipt, ...]
    problems: tuple[str, ...]


def check_receipts(instance: WorkflowInstance) -> ReceiptChain:
    """Look at all receipts of an instance as far as this copy of it knows; one statement.

    Decisions from before there were receipts have none.
    """
    found: list[DecisionReceipt] = []
    previous: str | None = None
    for event in _decisions(instance):
        kept = event.data.get(RECEIPT) or {}
        text, sha256 = str(kept.get("text", "")), str(kept.get("sha256", ""))
        if not kept and previous is None:
            continue
        problems = tuple(_problems(event, text, sha256, previous))
        found.append(DecisionReceipt(event, text, sha256, problems))
        previous = sha256
    problems = tuple(f"{one.event}: {problem}" for one in found for problem in one.problems)
    if previous != instance.last_receipt:
        problems += (_("The newest receipt is not the one that the request remembers."),)
    return ReceiptChain(tuple(found), problems)


def decision_receipt(task: HumanTask) -> tuple[DecisionReceipt | None, ReceiptChain]:
    """Give the receipt of a task's decision, if that stands and has one, and those around it."""
    chain = check_receipts(task.instance)
    own = [one for one in chain.receipts if one.event.execution_id == task.execution_id]
    if task.status not in STANDS or not own:
        return None, chain
    last, said = own[-1], own[-1].said
    by = (said.get("by") or {}).get("id")
    if (said.get("label"), by) != (task.outcome_label, task.decided_by_id):
        differs = _("The task has another decision, or another person who made it.")
        last = replace(last, problems=(*last.problems, differs))
    return last, chain


def canonical(value: Any) -> str:
    """Give a value's one JSON text: names sorted, no blanks, nothing but ASCII."""
    return json.dumps(
        value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sum_of(text: str) -> str:
    """Give the SHA-256 of a text in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _decisions(instance: WorkflowInstance) -> Iterator[Event]:
    """Yield the events that decide; the end of an undo window only lets a decision stand."""
    known = Event.objects.filter(instance=instance, seq__lte=instance.last_seq)
    events = known.filter(kind__in=DECISIONS).order_by("seq")
    return (event for event in events if event.data.keys() & {RECEIPT, "submitted", "data"})


def _problems(event: Event, text: str, sha256: str, previous: str | None) -> Iterator[str]:
    if sum_of(text) != sha256:
        yield _("The receipt's text is not the one that its sum was made of.")
    said = _read(text)
    if said.get("previous") != previous:
        yield _("It does not follow the receipt before it: one is missing, or was changed.")
    by, data = (said.get("by") or {}).get("id"), event.data
    at = event.at.astimezone(UTC).isoformat()
    happened = (event.actor_id, event.via, at, event.path, str(event.instance_id))
    if happened != (by, *(said.get(name) for name in ("via", "at", "step", "instance"))):
        yield _("The history has another person, moment or step for this decision.")
    submitted = data.get("submitted", data.get("data"))
    if not _is_told(submitted, said.get("submitted")):
        yield _("The history has other values for this decision.")


def _is_told(value: Any, told: Any) -> bool:
    """Whether a receipt tells a value, except for what is kept from its readers."""
    if told == SECRET:
        return True
    if isinstance(value, dict) and isinstance(told, dict):
        return value.keys() == told.keys() and all(_is_told(value[k], told[k]) for k in value)
    if isinstance(value, list) and isinstance(told, list):
        return len(value) == len(told) and all(map(_is_told, value, told))
    return same(value) == same(told)


def _read(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        # A text that is no JSON has another sum, which is said already.
        return {}
    return said if isinstance(said, dict) else {}

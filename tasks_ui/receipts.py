"""Proof that a page was shown to somebody, which outlives their right to see it."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from workflows.models import HumanTask

_SIGNER = Signer(salt="tasks_ui.receipts")


def receipt(task: HumanTask, user_id: int) -> str:
    """Give what a form carries, so that who comes too late can be told who was first.

    A closed task is no longer visible to those it was offered to; the receipt proves that this
    person has seen it, and nobody can make one up.
    """
    return _SIGNER.sign(f"{task.pk}:{user_id}").rpartition(":")[2]


def is_receipt(text: str, task: HumanTask, user_id: int) -> bool:
    """Whether the text was given out for this task to this person."""
    try:
        _SIGNER.unsign(f"{task.pk}:{user_id}:{text}")
    except BadSignature:
        return False
    return True

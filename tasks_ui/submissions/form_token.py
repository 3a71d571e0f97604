"""What a form carries unseen: which showing of it this is, and the proof that it was shown."""

from __future__ import annotations

import re
import uuid
from typing import Final

from django.core.signing import BadSignature, Signer

from workflows.models import HumanTask, WorkflowInstance

_SIGNER = Signer(salt="tasks_ui.receipts")


Subject = HumanTask | WorkflowInstance | str
"""What a form is about: a task, a request, MANY tasks at once, or the workflow that it starts."""

MANY: Final = "#many"


def form_of(of: Subject) -> str:
    """Name the form of a task or request, of many tasks, or the start form of a workflow."""
    return f"start/{of}" if isinstance(of, str) else str(of.pk)


def receipt(of: Subject, user_id: int) -> str:
    """Give what a form carries, so that who comes too late can be told who was first.

    A closed task is no longer visible to those it was offered to; the receipt proves that this
    person has seen it, and nobody can make one up.
    """
    return _SIGNER.sign(f"{form_of(of)}:{user_id}").rpartition(":")[2]


def is_receipt(text: str, of: Subject, user_id: int) -> bool:
    """Whether the text was given out for this form to this person."""
    try:
        _SIGNER.unsign(f"{form_of(of)}:{user_id}:{text}")
    except BadSignature:
        return False
    return True


def submission_id(posted: str) -> str:
    """Give the id that makes a form that is sent twice count once; a new one unless it is ours."""
    return posted if re.fullmatch(r"[0-9a-f]{32}", posted) else uuid.uuid4().hex


def start_key(user_id: int, submission: str) -> str:
    """Give the key under which a start form starts once, however often it is sent.

    The person is part of it, so that nobody is led to what another has started.
    """
    return f"form:{user_id}:{submission}"

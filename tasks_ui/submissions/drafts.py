"""Keeps what somebody typed into the form of a task or a workflow, as their draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict

from tasks_ui.submissions.after_sign_in import take_back
from tasks_ui.submissions.form_token import start_key
from tasks_ui.submissions.typed import typed_in
from workflows import WorkflowDefinition, engine
from workflows.engine import queries
from workflows.exceptions import DraftTooLarge, NotAllowed, WrongState
from workflows.models import Draft, HumanTask


def fingerprint(schema: Mapping[str, Any] | None) -> str:
    """Give a short text that is another one for another form."""
    text = json.dumps(schema, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def save(user: User, of: HumanTask | WorkflowDefinition, post: QueryDict) -> Draft | None:
    """Keep what was typed into the form of a task, or the start form of a workflow.

    Raises NotAllowed, DraftTooLarge, and WrongState where the form has been sent since.
    """
    fields, submission = typed_in(post), post.get("submission", "")
    if isinstance(of, HumanTask):
        form = fingerprint(queries.task_form(of).schema)
        return engine.save_draft(of, user=user, fields=fields, form=form, submission_id=submission)
    form = fingerprint(of.start_schema)
    key = start_key(user.pk, submission) if submission else ""
    return engine.save_start_draft(of.name, user=user, fields=fields, form=form, key=key)


def keep(user: User, of: HumanTask | WorkflowDefinition, post: QueryDict) -> Draft | None:
    """Keep what was typed into a form, where this person may and it is not too much."""
    try:
        return save(user, of, post)
    except (NotAllowed, DraftTooLarge, WrongState):
        # All have their own words where somebody asks for the draft itself to be kept.
        return None


def take_up(request: HttpRequest, user: User, of: HumanTask | WorkflowDefinition) -> Draft | None:
    """Make a draft of what this person sent while they were signed out, if it was for this form."""
    sent = take_back(request, user, of if isinstance(of, HumanTask) else of.name)
    return None if sent is None else keep(user, of, sent)


def is_of_other_form(draft: Draft, schema: Mapping[str, Any] | None) -> bool:
    """Whether the form has changed since the draft was typed into it."""
    return draft.form != fingerprint(schema)

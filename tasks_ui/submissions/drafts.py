"""Keeps what somebody typed into the form of a task or a workflow, as their draft."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict

from tasks_ui.schema_form.posted.which_form import FORM
from tasks_ui.submissions.after_sign_in import take_back
from tasks_ui.submissions.form_token import start_key
from tasks_ui.submissions.typed import as_post, typed_in
from workflows import WorkflowDefinition, engine
from workflows.exceptions import DraftTooLarge, NotAllowed, WrongState
from workflows.models import Draft, HumanTask


def save(user: User, of: HumanTask | WorkflowDefinition, post: QueryDict) -> Draft | None:
    """Keep what was typed into the form of a task, or the start form of a workflow.

    It belongs to the form in which it was typed, whichever is asked for now. Raises NotAllowed,
    DraftTooLarge, and WrongState where the form has been sent since.
    """
    fields, submission, form = typed_in(post), post.get("submission", ""), _form_of(post)
    if isinstance(of, HumanTask):
        return engine.save_draft(of, user=user, fields=fields, form=form, submission_id=submission)
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


def post_of(draft: Draft) -> QueryDict:
    """Give what the form would post in which the draft was typed."""
    post = as_post(draft.fields)
    post[FORM] = draft.form
    return post


def _form_of(post: QueryDict) -> str:
    """Give the fingerprint of the form that was posted; empty where its parts are of several."""
    forms = {*post.getlist(FORM)}
    (form,) = forms if len(forms) == 1 else ("",)
    return form if re.fullmatch(r"[0-9a-f]{16}", form) else ""

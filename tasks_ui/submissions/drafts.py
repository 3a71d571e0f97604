"""Keeps what somebody typed into the form of a task or a workflow, as their draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict

from tasks_ui.schema_form.posted.field_names import FILE
from tasks_ui.schema_form.posted.which_form import FORM
from tasks_ui.submissions.after_sign_in import take_back
from tasks_ui.submissions.form_token import start_key
from tasks_ui.submissions.typed import as_post, typed_in
from tasks_ui.submissions.uploads import Uploads
from workflows import WorkflowDefinition, engine
from workflows.engine import queries
from workflows.exceptions import DraftTooLarge, NotAllowed, WrongState
from workflows.models import Draft, HumanTask

Of = HumanTask | WorkflowDefinition
"""Whose form it is."""


def save(user: User, of: Of, post: QueryDict, uploads: Uploads | None = None) -> Draft:
    """Keep what was typed into the form of a task, or the start form of a workflow.

    It belongs to the form in which it was typed, whichever is asked for now. Files that came
    with it are kept too, where `uploads` has them. Raises NotAllowed, DraftTooLarge, and
    WrongState where the form has been sent since.
    """
    submission = post.get("submission", "")
    given: dict[str, Any] = {
        "user": user,
        "fields": typed_in(post if uploads is None else uploads.in_texts(post)),
        "form": _form_of(post),
        "typing": _typing(post),
    }
    if isinstance(of, HumanTask):
        return engine.save_draft(of, submission_id=submission, **given)
    key = start_key(user.pk, submission) if submission else ""
    return engine.save_start_draft(of.name, key=key, **given)


def keep(user: User, of: Of, post: QueryDict, uploads: Uploads | None = None) -> Draft | None:
    """Keep what was typed into a form, where this person may and it is not too much."""
    try:
        return save(user, of, post, uploads)
    except (NotAllowed, DraftTooLarge, WrongState):
        # All have their own words where somebody asks for the draft itself to be kept.
        return None


def keep_sent(user: User, task: HumanTask, post: QueryDict, uploads: Uploads) -> None:
    """Keep what a task was decided with: whoever takes the decision back finds it in the form."""
    fields, form = typed_in(uploads.in_texts(post)), _form_of(post)
    try:
        engine.keep_sent(task, user=user, fields=fields, form=form, typing=_typing(post))
    except DraftTooLarge:
        return


def take_up(request: HttpRequest, user: User, of: Of) -> Draft | None:
    """Make a draft of what this person sent while they were signed out, if it was for this form."""
    sent = take_back(request, user, of if isinstance(of, HumanTask) else of.name)
    return None if sent is None else keep(user, of, sent)


def post_of(draft: Draft) -> QueryDict:
    """Give what the form would post in which the draft was typed."""
    post = as_post(draft.fields)
    post[FORM] = draft.form
    return post


def chosen(request: HttpRequest, drafts: Sequence[Draft], taken_up: Draft | None) -> Draft | None:
    """Give the draft to show: the one that came last, unless the address names another."""
    asked_for = (one for one in drafts if str(one.pk) == request.GET.get("draft"))
    return taken_up or next(asked_for, None) or next(iter(drafts), None)


def others(page: str, user: User, of: Of, shown: Draft | None) -> list[tuple[str, Draft]]:
    """Give what the person has typed into the form of a page in other tabs, and where it is."""
    if shown is None:
        return []
    task = of if isinstance(of, HumanTask) else None
    workflow = "" if isinstance(of, HumanTask) else of.name
    kept = queries.drafts_of(user, task=task, workflow=workflow)
    return [(address(page, one), one) for one in kept if one.pk != shown.pk]


def address(page: str, draft: Draft) -> str:
    """Give the address of a page with that draft in its form."""
    return f"{page}{'&' if '?' in page else '?'}draft={draft.pk}"


def named(post: QueryDict) -> int | None:
    """Give the id of the draft that a form goes on from; none where it does not say."""
    return _number(post.get("draft", "").partition(".")[0])


def lacks_file(post: QueryDict) -> bool:
    """Whether a file was chosen that has not come: a draft is saved without it, as text."""
    return any(name.startswith(f"{FILE}/") and post[name] for name in post)


def _form_of(post: QueryDict) -> str:
    """Give the fingerprint of the form that was posted; empty where its parts are of several."""
    forms = {*post.getlist(FORM)}
    (form,) = forms if len(forms) == 1 else ("",)
    return form if re.fullmatch(r"[0-9a-f]{16}", form) else ""


def _typing(post: QueryDict) -> queries.Typing | None:
    """Give from where somebody types; none where the form does not say, as pages of before."""
    if "draft" not in post:
        return None
    revision = post.get("draft", "").partition(".")[2]
    tab = post.get("tab", "")
    return queries.Typing(
        draft=named(post),
        revision=_number(revision) or 0,
        tab=tab if re.fullmatch(r"[0-9a-z]{1,32}", tab) else "",
        turn=_number(post.get("turn", "")) or 0,
    )


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,16}", text) else None

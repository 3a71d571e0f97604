"""Keeps what somebody typed: as their draft, or in the session of who is signed out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict

from tasks_ui.receipts import form_of, is_receipt
from tasks_ui.schema_form.names import FILE, UNSEEN
from tasks_ui.schema_form.reading import showable
from workflows import WorkflowDefinition, engine
from workflows.exceptions import DraftTooLarge, NotAllowed
from workflows.models import Draft, HumanTask

NOT_TYPED: Final = frozenset(
    {"csrfmiddlewaretoken", "revision", "receipt", "at", "outcome", "show", "x", "j"}
)
NOT_KEPT: Final = (f"{FILE}/", f"{UNSEEN}/")
WHILE_SIGNED_OUT: Final = "typed_while_signed_out"
FORMS: Final = frozenset(
    {"decide", "draft", "task_preview", "start", "start_draft", "start_preview"}
)
"""Addresses that the form of a task or the start form of a workflow is sent to."""

LARGEST_IN_SESSION: Final = 200_000


def typed_in(post: QueryDict) -> dict[str, list[str]]:
    """Give the texts that a person typed into a form, without what the page put there.

    Secrets are not kept, and characters that no database stores are replaced.
    """
    return {
        showable(name): [showable(text) for text in texts]
        for name, texts in post.lists()
        if name not in NOT_TYPED and not name.startswith(NOT_KEPT)
    }


def fingerprint(schema: Mapping[str, Any] | None) -> str:
    """Give a short text that is another one for another form."""
    text = json.dumps(schema, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def save(user: User, of: HumanTask | WorkflowDefinition, post: QueryDict) -> Draft | None:
    """Keep what was typed into the form of a task, or the start form of a workflow.

    Raises NotAllowed and DraftTooLarge.
    """
    fields = typed_in(post)
    if isinstance(of, HumanTask):
        form = fingerprint(engine.task_form(of).schema)
        return engine.save_draft(of, user=user, fields=fields, form=form)
    form = fingerprint(of.start_schema)
    return engine.save_start_draft(of.name, user=user, fields=fields, form=form)


def keep(user: User, of: HumanTask | WorkflowDefinition, post: QueryDict) -> Draft | None:
    """Keep what was typed into a form, where this person may and it is not too much."""
    try:
        return save(user, of, post)
    except (NotAllowed, DraftTooLarge):
        # Both have their own words where somebody asks for the draft itself to be kept.
        return None


def as_post(draft: Draft) -> QueryDict:
    """Give a draft as the form would post it."""
    return _posted(draft.fields)


def _posted(fields: Mapping[str, list[str]]) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, texts in fields.items():
        post.setlist(name, texts)
    return post


def keep_while_signed_out(request: HttpRequest) -> None:
    """Keep what somebody sends after their session has ended, for when they have signed in again.

    It stays in the browser's own session, and is only theirs: the form's receipt says whose.
    """
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in FORMS:
        return
    of = str(match.kwargs.get("task_id") or form_of(match.kwargs.get("workflow", "")))
    texts = typed_in(request.POST)
    if sum(len(text) for name in texts for text in (name, *texts[name])) <= LARGEST_IN_SESSION:
        request.session[WHILE_SIGNED_OUT] = {
            "form": of,
            "receipt": request.POST.get("receipt", ""),
            "fields": texts,
        }


def take_up(request: HttpRequest, user: User, of: HumanTask | WorkflowDefinition) -> Draft | None:
    """Make a draft of what this person sent while they were signed out, if it was for this form."""
    kept, named = request.session.get(WHILE_SIGNED_OUT), _named(of)
    if kept is None or kept.get("form") != form_of(named):
        return None
    del request.session[WHILE_SIGNED_OUT]
    if not is_receipt(kept["receipt"], named, user.pk):
        return None
    return keep(user, of, _posted(kept["fields"]))


def _named(of: HumanTask | WorkflowDefinition) -> HumanTask | str:
    return of if isinstance(of, HumanTask) else of.name


def is_of_other_form(draft: Draft, schema: Mapping[str, Any] | None) -> bool:
    """Whether the form has changed since the draft was typed into it."""
    return draft.form != fingerprint(schema)

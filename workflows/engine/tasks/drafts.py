"""Drafts: what somebody has typed is kept for them, whatever becomes of the task meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.engine.access.permissions import task_access
from workflows.engine.definitions.stored import code_of, human_step
from workflows.engine.queries.drafts import Typing, drafts_of, earlier_drafts
from workflows.engine.queries.task_details import was_started
from workflows.engine.store.clock import now
from workflows.exceptions import DraftTooLarge, NotAllowed, UnknownWorkflow, WrongState
from workflows.models.drafts import Draft
from workflows.models.tasks import HumanTask, TaskStatus
from workflows.values.data_urls import ID
from workflows.values.moments import after

LARGEST: Final = 500_000
"""Characters of all names and texts of one draft."""

MOST: Final = 10
"""Drafts that one person may have of one form."""

_FILE: Final = re.compile(rf";{ID}=([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}});")

AFTER_CLOSING: Final = timedelta(days=7)
UNTOUCHED: Final = timedelta(days=90)

SENT: Final = gettext_lazy("This form was sent before. What you type now counts once you send it.")

Fields = Mapping[str, Sequence[str]]


def save_draft(
    task: HumanTask,
    *,
    user: Any,
    fields: Fields,
    form: str,
    submission_id: str = "",
    typing: Typing | None = None,
) -> Draft:
    """Keep what somebody has typed into a task's form, instead of what it goes on from.

    What was typed in another tab meanwhile is not overwritten: then there are two drafts. Without
    `typing` the draft replaces the one that was saved last.

    Also for who can no longer decide it, so that their words are still there to be read. Work on
    a draft extends the lease of a claim. Raises NotAllowed, DraftTooLarge, and WrongState where
    this very submission has decided the task: a draft that comes late must not stay behind.
    """
    answer = task_access(user, task)
    if not answer.may_draft:
        raise NotAllowed(answer.why_not or _("You may not see this task."))
    with transaction.atomic():
        # A decision changes this row before it forgets the draft: one of both waits here.
        row = HumanTask.objects.select_for_update(no_key=True).get(pk=task.pk)
        if submission_id and row.submission_id == submission_id and row.decided_by_id == user.pk:
            raise WrongState(SENT)
        draft = _save(fields, form, typing, user=user, task=task)
    _extend_lease(task, user)
    return draft


def keep_sent(
    task: HumanTask, *, user: Any, fields: Fields, form: str, typing: Typing | None = None
) -> None:
    """Keep what somebody has decided a task with, for when they take the decision back.

    Raises DraftTooLarge. It is forgotten when the decision can no longer be undone.
    """
    with transaction.atomic():
        row = HumanTask.objects.select_for_update(no_key=True).get(pk=task.pk)
        if row.status == TaskStatus.DECIDED and row.decided_by_id == user.pk:
            _save(fields, form, typing, user=user, task=task)


def save_start_draft(
    workflow: str,
    *,
    user: Any,
    fields: Fields,
    form: str,
    key: str = "",
    typing: Typing | None = None,
) -> Draft:
    """Keep what somebody has typed into a start form, as `save_draft` does for a task's.

    Raises DraftTooLarge, and WrongState where an instance was started with `key` from this very
    form: a draft that comes late must not stay behind.
    """
    if was_started(workflow, key):
        raise WrongState(SENT)
    with transaction.atomic():
        # No row says that the form is open: drafts of one person wait for one another here.
        get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
        draft = _save(fields, form, typing, user=user, task=None, workflow=workflow)
    # Whoever starts forgets the draft only then: of a start meanwhile, one of both hears.
    if was_started(workflow, key):
        draft.delete()
        raise WrongState(SENT)
    return draft


def discard_draft(
    user: Any, *, task: HumanTask | None = None, workflow: str = "", draft: int | None = None
) -> None:
    """Forget what somebody has typed: one draft of the form, or all of them."""
    kept = drafts_of(user, task=task, workflow=workflow)
    if draft is None:
        kept.delete()
    else:
        kept.filter(pk=draft).delete()
    if task is not None:
        earlier_drafts(user, task).delete()


def files_in_drafts(user_ids: Collection[Any]) -> set[UUID]:
    """Give the ids of the files that are named in what these people have typed."""
    texts = Draft.objects.filter(user__in=user_ids).values_list("fields", flat=True)
    found = (_FILE.findall(json.dumps(fields)) for fields in texts.iterator())
    return {UUID(one) for names in found for one in names}


def forget_old_drafts() -> int:
    """Forget drafts of tasks that closed a week ago, and those untouched for three months.

    A task that was cancelled is asked again as long as its instance goes on, and wants its draft.
    """
    comes_back = Q(task__status=TaskStatus.CANCELED, task__instance__finished_at=None)
    closed = Q(task__closed_at__lt=now() - AFTER_CLOSING) & ~comes_back
    old = Draft.objects.filter(closed | Q(saved_at__lt=now() - UNTOUCHED))
    return old.delete()[0]


def _save(fields: Fields, form: str, typing: Typing | None, **whose: Any) -> Draft:
    """Write the draft that this one goes on from, or one beside it where another tab was first."""
    kept = {name: list(texts) for name, texts in fields.items()}
    if sum(len(name) + sum(map(len, texts)) for name, texts in kept.items()) > LARGEST:
        raise DraftTooLarge(_("This is too long to be kept as a draft."))
    rows = list(drafts_of(**whose))
    since = typing or Typing()
    draft = rows[0] if rows and typing is None else _before(rows, since, kept)
    if draft is None and len(rows) >= MOST:
        raise DraftTooLarge(_("You have too many drafts of this form. Discard some of them."))
    if draft is not None and since.tab and draft.tab == since.tab and draft.turn > since.turn:
        return draft
    values = {"fields": kept, "form": form, "tab": since.tab, "turn": since.turn}
    if draft is None:
        return Draft.objects.create(**whose, **values, saved_at=now())
    for name, value in values.items():
        setattr(draft, name, value)
    draft.saved_at, draft.revision = now(), draft.revision + 1
    draft.save()
    return draft


def _before(rows: Sequence[Draft], since: Typing, fields: Mapping[str, Any]) -> Draft | None:
    """Give the draft that somebody goes on from; none where another tab has changed it."""
    own = [row for row in rows if since.tab and row.tab == since.tab]
    named = next((row for row in rows if row.pk == since.draft), None)
    if named is not None and (named.revision == since.revision or named in own):
        return named
    same = (row for row in rows if row.fields == fields)
    return next(iter(own), None) or next(same, None)


def _extend_lease(task: HumanTask, user: Any) -> None:
    if task.lease_until is None or task.assignee_id != user.pk:
        return
    try:
        lease = human_step(code_of(task.instance.definition), task.step).claim_lease
    except UnknownWorkflow:
        return
    if lease is not None:
        own = HumanTask.objects.filter(pk=task.pk, status=TaskStatus.RESERVED, assignee=user)
        own.update(lease_until=after(now(), lease))

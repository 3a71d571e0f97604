"""Drafts: what somebody has typed is kept for them, whatever becomes of the task meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.engine.access.permissions import task_access
from workflows.engine.definitions.stored import code_of, human_step
from workflows.engine.store.clock import now
from workflows.exceptions import DraftTooLarge, NotAllowed, UnknownWorkflow, WrongState
from workflows.models.drafts import Draft
from workflows.models.instances import WorkflowInstance
from workflows.models.tasks import HumanTask, TaskStatus
from workflows.values.data_urls import ID
from workflows.values.moments import after

LARGEST: Final = 500_000
"""Characters of all names and texts of one draft."""

_FILE: Final = re.compile(rf";{ID}=([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}});")

AFTER_CLOSING: Final = timedelta(days=7)
UNTOUCHED: Final = timedelta(days=90)

SENT: Final = gettext_lazy("This form was sent before. What you type now counts once you send it.")

Fields = Mapping[str, Sequence[str]]


def save_draft(
    task: HumanTask, *, user: Any, fields: Fields, form: str, submission_id: str = ""
) -> Draft:
    """Keep what somebody has typed into a task's form, instead of what was kept before.

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
        draft = _save(fields, form, user=user, task=task)
    _extend_lease(task, user)
    return draft


def save_start_draft(
    workflow: str, *, user: Any, fields: Fields, form: str, key: str = ""
) -> Draft:
    """Keep what somebody has typed into a start form.

    Raises DraftTooLarge, and WrongState where an instance was started with `key` from this very
    form: a draft that comes late must not stay behind.
    """
    if _has_started(workflow, key):
        raise WrongState(SENT)
    draft = _save(fields, form, user=user, task=None, workflow=workflow)
    # Whoever starts forgets the draft only then: of a start meanwhile, one of both hears.
    if _has_started(workflow, key):
        draft.delete()
        raise WrongState(SENT)
    return draft


def discard_draft(user: Any, *, task: HumanTask | None = None, workflow: str = "") -> None:
    """Forget what somebody has typed."""
    Draft.objects.filter(user=user, task=task, workflow=workflow).delete()


def files_in_drafts(user_ids: Collection[Any]) -> set[UUID]:
    """Give the ids of the files that are named in what these people have typed."""
    texts = Draft.objects.filter(user__in=user_ids).values_list("fields", flat=True)
    found = (_FILE.findall(json.dumps(fields)) for fields in texts.iterator())
    return {UUID(one) for names in found for one in names}


def forget_old_drafts() -> int:
    """Forget drafts of tasks that closed a week ago, and those untouched for three months."""
    closed = Q(task__closed_at__lt=now() - AFTER_CLOSING)
    old = Draft.objects.filter(closed | Q(saved_at__lt=now() - UNTOUCHED))
    return old.delete()[0]


def _has_started(workflow: str, key: str) -> bool:
    return bool(key) and WorkflowInstance.objects.filter(workflow=workflow, key=key).exists()


def _save(fields: Fields, form: str, **whose: Any) -> Draft:
    kept = {name: list(texts) for name, texts in fields.items()}
    if sum(len(name) + sum(map(len, texts)) for name, texts in kept.items()) > LARGEST:
        raise DraftTooLarge(_("This is too long to be kept as a draft."))
    draft, _created = Draft.objects.update_or_create(
        **whose, defaults={"fields": kept, "form": form, "saved_at": now()}
    )
    return draft


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

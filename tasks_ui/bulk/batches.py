"""Keeps what was done to many tasks at once: it counts once, and its result can be looked at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from tasks_ui.bulk.actions import ACTS
from tasks_ui.bulk.run import Item, as_json, read, undo
from tasks_ui.models import Batch
from tasks_ui.submissions.form_token import submission_id

KEPT: Final = timedelta(days=1)
UNSAID: Final = frozenset({"csrfmiddlewaretoken", "submission", "receipt"})


def id_of(user: User, post: QueryDict) -> UUID:
    """Give the id of what was sent: the same for the same, sent from the same showing of a form.

    What was taken back and is then sent again counts as something new.
    """
    said = {name: texts for name, texts in post.lists() if name not in UNSAID}
    content = json.dumps([user.pk, said], sort_keys=True)
    found = uuid5(UUID(submission_id(post.get("submission", ""))), content)
    kept = find(user, found)
    return uuid4() if kept is not None and kept.undone_at else found


def find(user: User, batch_id: UUID) -> Batch | None:
    """Give what this person did; none of anybody else."""
    return user.batches.filter(pk=batch_id).first()


def keep(user: User, batch_id: UUID, act: str, outcome: str, items: Sequence[Item]) -> None:
    """Keep the result. Of the same that was done twice at a time, what succeeded counts."""
    now = timezone.now()
    values = {"user": user, "act": act, "outcome": outcome[:200], "done_at": now}
    with transaction.atomic():
        batch, is_new = Batch.objects.select_for_update().get_or_create(
            pk=batch_id, defaults={**values, "items": as_json(items)}
        )
        if not is_new:
            pairs = zip(read(batch.items), items, strict=True)
            batch.items = as_json([max(pair, key=_success) for pair in pairs])
            batch.save(update_fields=["items"])
        Batch.objects.filter(user=user, done_at__lt=now - KEPT).delete()


def take_back(batch: Batch) -> None:
    """Take back what can be; a second time only what could not be the first time."""
    items = undo(ACTS[batch.act], read(batch.items), batch.user)
    with transaction.atomic():
        kept = Batch.objects.select_for_update().get(pk=batch.pk)
        pairs = zip(read(kept.items), items, strict=True)
        kept.items = as_json([max(pair, key=_undone) for pair in pairs])
        kept.undone_at = timezone.now()
        kept.save(update_fields=["items", "undone_at"])


def _success(item: Item) -> tuple[bool, bool]:
    return item.is_done, item.can_undo


def _undone(item: Item) -> tuple[bool, bool]:
    return item.is_undone, bool(item.undone)

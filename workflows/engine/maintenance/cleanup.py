"""Take away files that nobody submitted, those whose rows are gone, and drafts of long ago."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.files.storage import Storage
from django.db import transaction

from workflows.engine.store.clock import now
from workflows.engine.tasks.drafts import files_in_drafts, forget_old_drafts
from workflows.models.attachments import FOLDER, Attachment, made_at

ABANDONED_AFTER: Final = timedelta(days=1)
RECENT: Final = timedelta(days=7)
HOURS: Final = 24
AT_ONCE: Final = 500

logger = logging.getLogger("workflows")


@dataclass(frozen=True)
class Swept:
    """How many files and drafts were taken away."""

    abandoned: int
    without_a_row: int
    drafts: int = 0


def sweep() -> Swept:
    """Delete what was parked for a day, then the files that have no row; run it once an hour.

    What a draft names stays as long as the draft does.

    A row is deleted before its file. Whatever dies in between leaves a file without a row, as a
    request does that dies before the row is made, and never a row without its file.
    """
    before = now() - ABANDONED_AFTER
    return Swept(_delete_abandoned(before), _delete_without_rows(before), forget_old_drafts())


def _delete_abandoned(before: datetime) -> int:
    deleted, last = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            # Locked, so that nobody submits one of them meanwhile; what is being submitted stays.
            parked = Attachment.objects.select_for_update(skip_locked=True).filter(bound_at=None)
            found = parked.filter(created_at__lt=before, pk__gt=last).order_by("pk")
            rows = list(found[:AT_ONCE])
            kept = files_in_drafts({row.uploaded_by_id for row in rows})
            gone = [row for row in rows if row.pk not in kept]
            Attachment.objects.filter(pk__in=[row.pk for row in gone]).delete()
        for row in gone:
            _delete(row.file.storage, row.file.name or "")
        deleted += len(gone)
        if len(rows) < AT_ONCE:
            return deleted
        last = rows[-1].pk


def _delete_without_rows(before: datetime) -> int:
    storage: Storage = Attachment._meta.get_field("file").storage
    deleted = 0
    for day in _days(storage, before):
        names = {
            name: id_
            for name in storage.listdir(f"{FOLDER}/{day}")[1]
            if (id_ := _id(name)) is not None and made_at(id_) < before
        }
        for batch in _batches(list(names)):
            ids = [names[name] for name in batch]
            known = set(Attachment.objects.filter(pk__in=ids).values_list("pk", flat=True))
            gone = [name for name in batch if names[name] not in known]
            for name in gone:
                _delete(storage, f"{FOLDER}/{day}/{name}")
            deleted += len(gone)
    return deleted


def _days(storage: Storage, before: datetime) -> Iterator[str]:
    """Yield the folders of recent days, and each hour a part of the others: all in a day."""
    try:
        folders = sorted(storage.listdir(FOLDER)[0])
    except FileNotFoundError:
        return  # No file was ever stored.
    recent = (before - RECENT).date()
    hour = now().astimezone(UTC).hour
    for number, folder in enumerate(folders):
        try:
            day = date.fromisoformat(folder)
        except ValueError:
            continue
        if day >= recent or number % HOURS == hour:
            yield folder


def _batches(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]


def _id(name: str) -> UUID | None:
    """Give the id that a file is named after; what others have put there is left alone."""
    try:
        found = UUID(name)
    except ValueError:
        return None
    return found if found.version == 7 else None


def _delete(storage: Storage, path: str) -> None:
    try:
        storage.delete(path)
    except OSError as error:
        logger.warning("File %s could not be deleted and will be tried again: %s", path, error)

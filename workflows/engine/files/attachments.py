"""Bind files to an instance with what is submitted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from workflows.engine.queries.attachments import are_family
from workflows.exceptions import InvalidSubmission
from workflows.models.attachments import Attachment
from workflows.models.instances import WorkflowInstance
from workflows.models.tasks import HumanTask
from workflows.values.data_urls import FileReference, references


def bind(
    data: Mapping[str, Any],
    instance: WorkflowInstance,
    *,
    user: Any,
    at: datetime,
    task: HumanTask | None = None,
) -> None:
    """Let the files in submitted data belong to the instance; call inside the transaction.

    A file must be the submitter's own, parked and not swept, or belong to the instance already.
    Code that acts for nobody (`user` is None) may name any file. Raises InvalidSubmission.
    """
    found = list(references(data))
    if not found:
        return
    ids = {reference.id for _pointer, reference in found}
    parked = Attachment.objects.filter(pk__in=ids, bound_at=None)
    own = parked if user is None else parked.filter(uploaded_by=user)
    own.update(instance=instance, task=task, bound_at=at)
    rows = Attachment.objects.select_related("instance").in_bulk(ids)
    problems = {
        pointer: [_("This file is no longer there. Choose it again.")]
        for pointer, reference in found
        if not _fits(rows.get(reference.id), reference, instance, anybodys=user is None)
    }
    if problems:
        raise InvalidSubmission(problems)


def unbind(task: HumanTask, at: datetime | None) -> None:
    """Let the files that came with a decision of that moment belong to nothing again.

    They are parked as they were before, for whoever has sent them. What was bound earlier stays.
    """
    if at is not None:
        bound = Attachment.objects.filter(task=task, bound_at=at)
        bound.update(instance=None, task=None, bound_at=None)


def _fits(
    row: Attachment | None,
    reference: FileReference,
    instance: WorkflowInstance,
    *,
    anybodys: bool,
) -> bool:
    if row is None or row.reference != reference or row.instance is None:
        return False
    return anybodys or are_family(row.instance, instance)

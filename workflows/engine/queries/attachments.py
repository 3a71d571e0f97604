"""Files in data: which row a value stands for, and who may read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from workflows.engine.queries.visible_data import visible_data
from workflows.exceptions import UnknownAttachment
from workflows.models.attachments import Attachment
from workflows.models.instances import WorkflowInstance
from workflows.models.tasks import HumanTask
from workflows.values.data_urls import FileReference, references


def find_attachment(user: Any, id: UUID, of: HumanTask | WorkflowInstance | None) -> Attachment:  # noqa: A002
    """Give a file to somebody who may see `of`, or who has just sent it with a form.

    Whether they may see the task or the instance has been asked before; here it matters whether the
    file is in the data that they see with it, or is their own. Raises UnknownAttachment.
    """
    row = Attachment.objects.select_related("instance").filter(pk=id).first()
    if row is None or not _may_read(user, row, of):
        raise UnknownAttachment(_("There is no such file, or it is not one that you may see."))
    return row


def attachment_of(value: Any) -> Attachment:
    """Give the stored file that a value of the data stands for; raises UnknownAttachment."""
    reference = FileReference.of(value)
    row = Attachment.objects.filter(pk=reference.id).first() if reference else None
    if row is None or row.reference != reference:
        raise UnknownAttachment("The value stands for no file that is there.")
    return row


def _may_read(user: Any, row: Attachment, of: HumanTask | WorkflowInstance | None) -> bool:
    is_own = bool(row.uploaded_by_id == user.pk)
    if row.instance is None:
        return is_own
    if of is None:
        return False
    instance = of.instance if isinstance(of, HumanTask) else of
    if not are_family(row.instance, instance):
        return False
    seen = references(visible_data(of, user))
    return is_own or any(found == row.reference for _pointer, found in seen)


def are_family(one: WorkflowInstance, other: WorkflowInstance) -> bool:
    """Whether both are the same, or one was started for the other or for the same third one.

    Data goes down to what a step starts and comes back from there, and files go with it.
    """
    return one.pk == other.pk or _first_of(one).pk == _first_of(other).pk


def _first_of(instance: WorkflowInstance) -> WorkflowInstance:
    """Give the instance that nobody's step has started, up from this one."""
    while instance.parent_id is not None:
        instance = WorkflowInstance.objects.only("pk", "parent_id").get(
            executions=instance.parent_id
        )
    return instance

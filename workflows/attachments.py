"""Let the code of steps read the files that the data of a workflow speaks of.

A form that asks for a file leaves a text in the data that stands for it. `open_attachment` reads
that, and data URLs with content too, so that a step need not know which of the two it was given.
"""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.core.files import File

from workflows.engine.queries import attachment_of
from workflows.exceptions import UnknownAttachment
from workflows.values.data_urls import FileReference, decode

__all__ = ["AttachedFile", "is_attachment", "open_attachment"]


class AttachedFile(File):
    """A file that is open for reading; `name`, `content_type` and `size` say what it is.

    Use it in a `with` statement, as any other file.
    """

    def __init__(self, content: IO[bytes], *, name: str, content_type: str, size: int) -> None:
        super().__init__(content, name)
        self.content_type = content_type
        self.size = size


def is_attachment(value: Any) -> bool:
    """Whether a value of the data stands for a stored file, or is a data URL with content."""
    return FileReference.of(value) is not None or (
        isinstance(value, str) and decode(value) is not None
    )


def open_attachment(value: Any) -> AttachedFile:
    """Open the file that a value of the data stands for; raises UnknownAttachment.

    `content_type` is what the content looked like when it was sent, whatever the sender said; that
    of a data URL with content is what is written there.
    """
    if FileReference.of(value) is None and isinstance(value, str):
        return _written_out(value)
    row = attachment_of(value)
    return AttachedFile(
        row.file.open("rb"), name=row.name, content_type=row.content_type, size=row.size
    )


def _written_out(text: str) -> AttachedFile:
    found = decode(text)
    if found is None:
        raise UnknownAttachment("The value stands for no file.")
    return AttachedFile(
        BytesIO(found.content),
        name=found.name or "file",
        content_type=found.media_type,
        size=len(found.content),
    )

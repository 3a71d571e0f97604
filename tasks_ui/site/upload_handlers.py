"""How much of what is uploaded is taken at all, before any page has looked at it."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from workflows.engine import queries

FORMFULS: Final = 10
"""How many of the largest files may come with one request."""


class Limits(FileUploadHandler):
    """Stores nothing; keeps from the handlers after it what is too much.

    Of a file that is too large one byte more is kept than is allowed, so that the form can say so
    beside its field, and the rest is dropped. A request that is too large as a whole is refused.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.max_bytes = queries.FileLimits.of_site().max_bytes
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass on what fits."""
        self.received += len(raw_data)
        if self.is_too_much:
            # What the next handler has on the disk goes, and the rest is read and dropped.
            raise StopUpload(connection_reset=False)
        room = self.max_bytes + 1 - start
        return raw_data[:room] if room > 0 else None

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""

    def upload_complete(self) -> None:
        """Refuse the whole request, once nobody is in the middle of sending it."""
        if self.is_too_much:
            raise RequestDataTooBig("The files of this request are too large together.")

    @property
    def is_too_much(self) -> bool:
        """Whether it is more than any form takes."""
        return self.received > FORMFULS * self.max_bytes

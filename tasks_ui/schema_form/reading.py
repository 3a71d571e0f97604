"""What was posted, and what was found out while it was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from workflows.schemas import text_problem

MAX_TEXT: Final = 200_000
MAX_TEXTS: Final = 1_000


class Unreadable(Exception):
    """The text in a field stands for no value; `message` says what to write instead."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Reading:
    """One reading of a post: the schema asks for names, names that nobody asks for are ignored.

    Attributes:
        errors: what could not be read, per pointer.
        typed: the texts as they were posted, per pointer, to be shown again.
        filled: pointers of the fields that somebody put something in.
    """

    def __init__(self, post: Mapping[str, Any]) -> None:
        self._post = post
        self.errors: dict[str, str] = {}
        self.typed: dict[str, list[str]] = {}
        self.filled: set[str] = set()

    def texts(self, name: str, pointer: str) -> list[str] | None:
        """Give what was posted for a field; None when the field was not in the form.

        Raises Unreadable for what could be neither kept nor stored.
        """
        if name not in self._post:
            return None
        texts = [_normal(text) for text in self._listed(name)]
        self.typed[pointer] = [_showable(text) for text in texts]
        if len(texts) > MAX_TEXTS or sum(map(len, texts)) > MAX_TEXT:
            raise Unreadable(_("This is too long."))
        for text in texts:
            problem = text_problem(text)
            if problem:
                raise Unreadable(str(problem))
        return texts

    def _listed(self, name: str) -> list[str]:
        value = self._post.getlist(name) if isinstance(self._post, QueryDict) else self._post[name]
        return (
            [text for text in value if isinstance(text, str)]
            if isinstance(value, list)
            else [str(value)]
        )

    def has_something_in(self, pointer: str) -> bool:
        """Whether somebody filled in a field inside the group at this pointer."""
        return any(filled.startswith(f"{pointer}/") for filled in self.filled)


def _normal(text: str) -> str:
    """Give the text with the line ends that it had before the browser sent it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _showable(text: str) -> str:
    """Give the text as a page can hold it."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()

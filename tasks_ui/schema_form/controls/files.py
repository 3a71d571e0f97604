"""Fields for files: what was chosen is parked at once, and kept over anything wrong elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Protocol
from uuid import UUID

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.base import Control
from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.reader import Unreadable
from tasks_ui.schema_form.schema.hints import Hints
from workflows.engine import queries
from workflows.values.data_urls import FileReference, decode, is_data_url
from workflows.values.media_types import accepts_file

FORMATS: Final = frozenset({"base64", "binary", "byte", "data-uri", "data-url", "file", "file-url"})
LOOKS: Final = frozenset({"file", "fileinput", "files", "filewidget", "upload"})
PLAIN: Final = frozenset({"7bit", "8bit", "binary", "quoted-printable"})
"""Encodings in which text stays text."""
NOT_TEXT: Final = ("image/", "audio/", "video/", "application/pdf", "application/octet-stream")
STORED: Final = "="
"""Posted for what is stored and too long to be sent back and forth."""
LONGEST: Final = 20_000
LONGEST_SHORT: Final = 5


class Uploads(Protocol):
    """Where files are parked that come with a form, and how it speaks of them."""

    def with_files(self, post: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give the post with a text for each file, which `find` understands."""

    def find(self, text: str) -> FileReference:
        """Give the file that a posted text stands for; raises Unreadable."""

    def sign(self, reference: FileReference) -> str:
        """Give the text to be posted for a file that is kept."""

    def url(self, id_: UUID) -> str:
        """Give the address at which the file can be looked at."""


@dataclass(frozen=True)
class Kept:
    """A file that the form has already: how it is posted again, and what people see of it."""

    wire: str
    name: str
    size: int
    url: str = ""
    mark: str = ""
    """What tells it from another one, so that a field for a new file begins empty."""


class Chooser(forms.FileInput):
    """The field to choose a file with, beside the one that says what is kept."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give what its template needs, under a name of its own."""
        return super().get_context(chooser_name(name), value, attrs)


@dataclass
class Upload(Control):
    """A file: one to keep, replace or remove, or the field to choose one with."""

    template: ClassVar[str] = "forms/_file.html"
    is_file: ClassVar[bool] = True
    is_written: ClassVar[bool] = False

    accept: tuple[str, ...] = ()
    uploads: Uploads | None = None

    kept: Kept | None = field(default=None, init=False)
    problem: str = field(default="", init=False)
    """Why what was sent last is not there: said also by a form that is not judged yet."""
    _stored: str = field(default="", init=False, repr=False)

    @property
    def rules(self) -> str:
        """Give the kinds of files and how large they may be."""
        limit = filesizeformat(queries.FileLimits.of_site().max_bytes)
        said = _("Up to %s.") % limit
        return f"{in_words(self.accept)}. {said}" if self.accept else said

    def widget(self, attributes: dict[str, Any], shown: Any) -> forms.Widget:
        """Give the field to choose a file with; a new one when the kept file is another."""
        own = {"accept": ",".join(self.accept)} if self.accept else {}
        if self.kept:
            own |= {"id": f"{attributes['id']}_{self.kept.mark}"}
            attributes = {name: said for name, said in attributes.items() if "required" not in name}
        return Chooser({**attributes, **own})

    def fits(self, value: Any) -> bool:
        """Whether it is a text that may stand for a file."""
        return isinstance(value, str) and value != ""

    def show(self, value: Any) -> str:
        """Give the text that is posted for it."""
        return str(value)

    def begin(self, value: Any) -> Any:
        """Show what is stored, unless nobody may see it."""
        shown = super().begin(value)
        self.kept = self._kept(shown) if self.fits(shown) else None
        return ""

    def again(self, texts: list[str]) -> Any:
        """Show the last file that may be kept: one that was refused leaves the one before."""
        self.kept, self.problem = None, ""
        for text in reversed(texts):
            try:
                self.kept = self._kept(self._value(text, self._stored)) if text else None
            except Unreadable as refused:
                self.problem = self.problem or refused.message
                continue
            break
        return ""

    def parse(self, text: str) -> Any:
        """Give the reference to a file, or the whole file where it is written out."""
        return self._value(text, "")

    def _read(self, texts: list[str], stored: Any) -> Any:
        self._stored = stored if self.fits(stored) else ""
        text = texts[-1] if texts else ""
        return self.empty.read(stored) if text == "" else self._value(text, self._stored)

    def _value(self, text: str, stored: str) -> str:
        """Give the value that a posted text stands for; what is stored may always stay."""
        if stored and text in {STORED, stored}:
            return stored
        if is_data_url(text) and FileReference.of(text) is None:
            return text
        if self.uploads is None:
            raise Unreadable(_("Files cannot be sent here."))
        found = self.uploads.find(text)
        if found.text != stored and not accepts_file(found.media_type, found.name, self.accept):
            raise Unreadable(_("Choose a file of another kind: %s.") % in_words(self.accept))
        return found.text

    def _kept(self, value: str) -> Kept:
        reference = FileReference.of(value)
        if reference is None:
            return _written_out(value)
        wire = self.uploads.sign(reference) if self.uploads else value
        url = self.uploads.url(reference.id) if self.uploads else ""
        return Kept(wire, reference.name, reference.size, url, reference.id.hex[-8:])


def chooser_name(name: str) -> str:
    """Give the name under which a new file comes for the field of this name.

    It is another one because a browser posts an empty text where no file was chosen.
    """
    return f"{field_names.FILE}{name[1:]}"


def is_for_files(keywords: Mapping[str, Any], hints: Hints) -> bool:
    """Whether a text is one that people have as a file."""
    look = hints.widget
    if look:
        return look in LOOKS
    media = keywords.get("media")
    media = media if isinstance(media, dict) else {}
    encoding = keywords.get("contentEncoding", media.get("binaryEncoding", ""))
    kind = str(keywords.get("contentMediaType", ""))
    is_encoded = isinstance(encoding, str) and encoding.lower() not in {"", *PLAIN}
    return keywords.get("format") in FORMATS or is_encoded or kind.startswith(NOT_TEXT)


def accepted(keywords: Mapping[str, Any], hints: Hints) -> tuple[str, ...]:
    """Give the kinds of files that an author takes: media types, or endings of names."""
    own = hints.get("accept")
    media = keywords.get("media")
    named = keywords.get("contentMediaType") or (
        media.get("type") if isinstance(media, dict) else None
    )
    wanted = named if own is None else own
    if isinstance(wanted, str):
        wanted = wanted.split(",")
    listed = wanted if isinstance(wanted, Sequence) else ()
    return tuple(one.strip() for one in listed if isinstance(one, str) and one.strip())


def in_words(accept: Sequence[str]) -> str:
    """Give kinds of files as people call them: PDF, images."""
    groups = {
        "image/*": _("images"),
        "audio/*": _("sound"),
        "video/*": _("films"),
        "text/*": _("text"),
    }
    return ", ".join(groups.get(one) or _short(one) for one in accept)


def _short(kind: str) -> str:
    name = kind.rpartition("/")[2].removeprefix(".")
    return name.upper() if name.isalnum() and len(name) <= LONGEST_SHORT else kind


def _written_out(value: str) -> Kept:
    found = decode(value)
    name = found.name or found.media_type if found else _("File")
    size = len(found.content) if found else len(value)
    return Kept(value if len(value) <= LONGEST else STORED, name, size, mark=str(size))
